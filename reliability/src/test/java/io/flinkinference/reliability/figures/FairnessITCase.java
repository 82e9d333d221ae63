package io.flinkinference.reliability.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.Settings;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.reliability.rig.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four subtasks that always have work share the engine's threads in equal parts. */
@Tag("figures")
class FairnessITCase {

  private static final int SUBTASKS = 4;
  private static final double TARGET = 0.8;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSlowestSubtaskIsNotFarBehindTheMean(boolean chained) throws Exception {
    String source = chained ? "source in the operator's task" : "source in a task of its own";
    Report.title("Fairness: 4 subtasks without end, " + source);
    try (Bench bench = new Bench(new SteadyPace(), MixedTexts::stream, SUBTASKS);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), chained, directory));
      Waiting.until(
          "The 200th result of each subtask",
          Duration.ofMinutes(3),
          () -> {
            job.requireRunning();
            return bench.probes().stream().allMatch(probe -> probe.scored() >= 200);
          });
      long[] before = scored(bench.probes());
      Waiting.pass(Settings.span(60));
      long[] after = scored(bench.probes());
      job.cancel();

      long[] counts =
          LongStream.range(0, SUBTASKS).map(i -> after[(int) i] - before[(int) i]).toArray();
      double mean = Arrays.stream(counts).average().orElseThrow();
      double slowest = Arrays.stream(counts).min().orElseThrow() / mean;
      Report.line("records of each subtask: %s", Arrays.toString(counts));
      Report.figure(
          "fairness, " + source,
          "the slowest subtask gets %.1f %% of the mean".formatted(100 * slowest),
          "at least 80 %",
          slowest >= TARGET);
      assertThat(slowest).isGreaterThanOrEqualTo(TARGET);
    }
  }

  private static long[] scored(List<Probe> probes) {
    return probes.stream().mapToLong(Probe::scored).toArray();
  }
}
