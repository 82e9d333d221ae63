package io.flinkinference.benchmarks.measure;

import java.util.concurrent.Callable;

/** One side of a comparison. */
public interface Contender {

  /** By which tables and plots call it. */
  String name();

  /** Runs once, and does the same work each time. What is only preparation is not in the sample. */
  Sample run() throws Exception;

  /** A side that is a function. */
  static Contender of(String name, Callable<Sample> run) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Sample run() throws Exception {
        return run.call();
      }
    };
  }
}
