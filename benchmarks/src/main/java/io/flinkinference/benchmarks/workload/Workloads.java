package io.flinkinference.benchmarks.workload;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which texts a benchmark takes. */
public final class Workloads {

  /** A tenth of the texts at either end of a run is not counted. */
  private static final int LEAST = 10;

  /** Numbers of texts are set for so many cores. */
  private static final int CORES = 2;

  /** The corpus has few more sentences than are in so many. */
  private static final int MOST_MIXED = 10_000;

  private Workloads() {}

  /**
   * As many texts, or tokens, as keep all cores of this machine busy for as long as some keep two:
   * a run of a second or two would be all start and end. The mixed stream has {@value #MOST_MIXED}
   * at most.
   */
  public static int forCores(int count) {
    return forCores(count, Runtime.getRuntime().availableProcessors());
  }

  static int forCores(int count, int cores) {
    return count * Math.max(1, cores / CORES);
  }

  /**
   * The file of the settings, where they name one, else the mixed stream.
   *
   * @param count how many texts; fewer where the file or the corpus has fewer
   * @throws IllegalArgumentException if it has too few for a benchmark
   */
  public static Workload of(BenchmarkSettings settings, int count) throws IOException {
    return of(settings.texts(), count);
  }

  /** The same, of a file or the mixed stream. */
  public static Workload of(Optional<Path> file, int count) throws IOException {
    if (file.isEmpty()) {
      return EuroparlTexts.read().mixed(Math.min(count, MOST_MIXED));
    }
    Workload workload = TextFile.read(file.get(), count);
    if (workload.texts().size() < LEAST) {
      throw new IllegalArgumentException(
          "A benchmark needs %d different texts at least, and %s has %d."
              .formatted(LEAST, file.get(), workload.texts().size()));
    }
    return workload;
  }
}
