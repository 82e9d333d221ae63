package io.flinkinference.benchmarks.latency;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.engine.InferenceEngine;
import io.flinkinference.engine.Watchdog;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run of the engine as the operator makes it, of one text on one thread, with nothing beside
 * it. On all cores a text alone takes less, and two at once more.
 */
final class BareRun {

  private BareRun() {}

  /**
   * Runs the texts of a load one after the other, tokenized beforehand, twice; the second time
   * counts.
   *
   * @param arrivals of the load: what is held against it has the same lengths
   */
  static Percentiles of(Model model, Tokenized texts, int arrivals) {
    List<Encoding> arriving = arriving(texts, arrivals);
    try (Watchdog watchdog = new Watchdog(Thread::new);
        InferenceEngine engine = Models.engine(model, 1, 1, watchdog)) {
      time(engine, arriving);
      return Percentiles.of(time(engine, arriving));
    }
  }

  /** The texts begin again where there are more arrivals, as a load has it. */
  static List<Encoding> arriving(Tokenized texts, int arrivals) {
    List<Encoding> all = texts.encodings();
    return IntStream.range(0, arrivals).mapToObj(i -> all.get(i % all.size())).toList();
  }

  private static long[] time(InferenceEngine engine, List<Encoding> texts) {
    return texts.stream()
        .mapToLong(
            encoding -> {
              long start = System.nanoTime();
              engine.run(TokenBatch.of(encoding), outputs -> null);
              return System.nanoTime() - start;
            })
        .toArray();
  }
}
