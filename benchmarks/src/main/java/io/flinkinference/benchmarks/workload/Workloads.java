package io.flinkinference.benchmarks.workload;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import java.io.IOException;

/** Which texts a benchmark takes. */
public final class Workloads {

  /** A tenth of the texts at either end of a run is not counted. */
  private static final int LEAST = 10;

  private Workloads() {}

  /**
   * The file of the settings, where they name one, else the mixed stream.
   *
   * @param count how many texts; fewer where the file has fewer
   * @throws IllegalArgumentException if it has too few for a benchmark
   */
  public static Workload of(BenchmarkSettings settings, int count) throws IOException {
    if (settings.texts().isEmpty()) {
      return EuroparlTexts.read().mixed(count);
    }
    Workload workload = TextFile.read(settings.texts().get(), count);
    if (workload.texts().size() < LEAST) {
      throw new IllegalArgumentException(
          "A benchmark needs %d different texts at least, and %s has %d."
              .formatted(LEAST, settings.texts().get(), workload.texts().size()));
    }
    return workload;
  }
}
