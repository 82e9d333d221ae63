package io.flinkinference.benchmarks.latency;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.Model;

/**
 * One run of the engine as the operator makes it, of one text on one thread, with nothing beside
 * it. On all cores a text alone takes less, and two at once more.
 */
final class BareRun {

  private static final int TEXTS = 500;

  private BareRun() {}

  /** Runs texts one after the other, tokenized beforehand, twice; the second time counts. */
  static Percentiles of(Model model, Tokenized texts) {
    Tokenized some = texts.first(TEXTS);
    try (Watchdog watchdog = new Watchdog(Thread::new);
        InferenceEngine engine = Models.engine(model, 1, 1, watchdog)) {
      time(engine, some);
      return Percentiles.of(time(engine, some));
    }
  }

  private static long[] time(InferenceEngine engine, Tokenized texts) {
    return texts.encodings().stream()
        .mapToLong(
            encoding -> {
              long start = System.nanoTime();
              engine.run(TokenBatch.of(encoding), outputs -> null);
              return System.nanoTime() - start;
            })
        .toArray();
  }
}
