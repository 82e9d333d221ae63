package io.flinkinference.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkloadsTest {

  @TempDir private Path directory;

  @Test
  void filesWithTooFewTextsAreRefusedWithBothNumbers() throws IOException {
    assertThatThrownBy(() -> Workloads.of(settings(9), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 different texts")
        .hasMessageContaining("texts.txt has 9");
    assertThat(Workloads.of(settings(10), 100).texts()).hasSize(10);
  }

  /** Else a run would be over before all cores are busy. */
  @Test
  void moreCoresGetMoreTexts() {
    assertThat(Workloads.forCores(1_500, 1)).isEqualTo(1_500);
    assertThat(Workloads.forCores(1_500, 2)).isEqualTo(1_500);
    assertThat(Workloads.forCores(1_500, 16)).isEqualTo(12_000);
  }

  @Test
  void theCorpusIsAskedForNoMoreThanItHas() throws IOException {
    BenchmarkSettings settings =
        new BenchmarkSettings(false, "m", "m", false, Optional.empty(), 1, line -> {});

    assertThat(Workloads.of(settings, 64_000).texts()).hasSize(10_000);
  }

  private BenchmarkSettings settings(int texts) throws IOException {
    Path file =
        Files.write(
            directory.resolve("texts.txt"),
            IntStream.range(0, texts).mapToObj(Integer::toString).toList());
    return new BenchmarkSettings(true, "m", "m", false, Optional.of(file), 1, line -> {});
  }
}
