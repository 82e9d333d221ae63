package io.flinkinference.benchmarks.workload;

import io.flinkinference.benchmarks.BenchmarkSettings;
import java.io.IOException;

/** Which texts a benchmark takes. */
public final class Workloads {

  private Workloads() {}

  /**
   * The file of the settings, where they name one, else the mixed stream.
   *
   * @param count how many texts; fewer where the file has fewer
   */
  public static Workload of(BenchmarkSettings settings, int count) throws IOException {
    return settings.texts().isPresent()
        ? TextFile.read(settings.texts().get(), count)
        : EuroparlTexts.read().mixed(count);
  }
}
