package io.flinkinference.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.tools.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineBenchmarkITCase {

  @TempDir private Path directory;

  @Test
  void bothParallelismsAreHeldAgainstTheBareEngine() throws Exception {
    Path texts =
        Files.write(
            directory.resolve("texts.txt"),
            IntStream.range(0, 60).mapToObj(i -> "Text number " + i + ".").toList());
    Report report =
        new PipelineBenchmark()
            .run(
                new BenchmarkSettings(
                    true,
                    "all-minilm-l6-v2-q",
                    "all-minilm-l6-v2-q",
                    false,
                    Optional.of(texts),
                    1,
                    line -> {}));

    assertThat(report.figures()).containsKeys("ratioToLimit", "limitRecordsPerSecond");
    assertThat(ratio(report, "ratioToLimit"))
        .isPositive()
        .isEqualTo(
            Math.min(
                ratio(report, "ratioToLimitAtParallelism1"),
                ratio(report, "ratioToLimitAtParallelism2")));
    List<Object> engine = report.sections().get(1).table().rows().get(0);
    assertThat(engine.get(0)).isEqualTo(ThreadGroups.ENGINE);
    assertThat((Double) engine.get(1)).as("processor time of the engine").isPositive();
  }

  private static double ratio(Report report, String name) {
    return (Double) report.figures().get(name);
  }
}
