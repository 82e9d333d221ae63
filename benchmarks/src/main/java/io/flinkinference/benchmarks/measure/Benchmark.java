package io.flinkinference.benchmarks.measure;

import io.flinkinference.tools.report.Report;

/** One measurement: what is compared, and how. */
public interface Benchmark {

  /** By which the command line calls it. */
  String name();

  /** What it measures, in one line. */
  String description();

  /**
   * Starts what has to be in this process before anything else, such as a library that wants to be
   * the first. Called for all benchmarks of the command before the first of them runs.
   */
  default void prepare() {}

  /** Whether it holds a form of the model that the project alone runs against peers. */
  default boolean takesOwnForm() {
    return false;
  }

  /** Whether it measures the model and the texts of the settings; else it has its own. */
  default boolean takesModelAndTexts() {
    return true;
  }

  /**
   * Measures. Both sides of every comparison run in here, in turns.
   *
   * @return tables, plots and figures
   */
  Report run(BenchmarkSettings settings) throws Exception;
}
