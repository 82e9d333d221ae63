package io.flinkinference.reliability.figures;

import io.flinkinference.InferenceOptions;
import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.MixedTexts;
import io.flinkinference.reliability.rig.Report;
import io.flinkinference.reliability.rig.RunningJob;
import io.flinkinference.reliability.rig.ScoringJob;
import io.flinkinference.reliability.rig.Settings;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.task.BatchOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A latency target holds under a source without end, and what that costs in throughput. */
@Tag("figures")
@EnabledOnOs(OS.LINUX)
class LatencyTargetITCase {

  private static final Duration TARGET =
      Duration.ofMillis(Integer.getInteger("figures.target-millis", 500));

  /** As many results as the widest window holds several times over: it has found its width then. */
  private static final long SETTLED = 3_000;

  /** The control is told of a miss only by a miss. */
  private static final double CLOSE = 1.1;

  @TempDir private Path directory;

  @Test
  void theSlowestInAHundredTakesHardlyLongerThanTheTarget() throws Exception {
    Report.title("Latency target: %d ms, a source without end".formatted(TARGET.toMillis()));
    Loads.Window free = measure("none", new Configuration());
    Configuration options = new Configuration();
    options.set(InferenceOptions.BATCH_MODE, BatchOptions.Mode.LATENCY_TARGET);
    options.set(InferenceOptions.LATENCY_TARGET, TARGET);
    Loads.Window led = measure("led", options);
    double p99 = led.times().getValueAtPercentile(99) / 1e6;
    Report.figure(
        "latency target",
        "p99 %.0f ms at %.1f %% of the throughput without target"
            .formatted(p99, 100 * led.throughput() / free.throughput()),
        "p99 about %d ms".formatted(TARGET.toMillis()),
        p99 <= CLOSE * TARGET.toMillis());
  }

  private Loads.Window measure(String name, Configuration options) throws Exception {
    try (Bench bench = new Bench(new SteadyPace(), MixedTexts::stream, 1);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job = cluster.submit(ScoringJob.graph(bench, options, false, directory));
      Loads.Window window = new Loads(bench, SETTLED, Settings.span(30)).measure();
      job.cancel();
      Report.line(
          "%-5s: %.1f records/s; time in the operator: median %.0f ms, p99 %.0f, longest %.0f",
          name,
          window.throughput(),
          window.times().getValueAtPercentile(50) / 1e6,
          window.times().getValueAtPercentile(99) / 1e6,
          window.times().getMaxValue() / 1e6);
      return window;
    }
  }
}
