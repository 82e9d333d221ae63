package io.flinkinference.reliability.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.InferenceOptions;
import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Cluster;
import io.flinkinference.reliability.rig.Median;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twice the load that the engine can take changes nothing: not the throughput, not the memory.
 *
 * <p>Windows with a source that has no limit and windows with a source of twice the throughput take
 * turns, so that a machine that becomes slower or faster does so for both.
 */
@Tag("figures")
@EnabledOnOs(OS.LINUX)
class OverloadITCase {

  private static final int ROUNDS = Integer.getInteger("figures.rounds", 6);
  private static final int SUBTASKS = Integer.getInteger("figures.subtasks", 1);
  private static final int CAPACITY = InferenceOptions.MAX_RECORDS_IN_FLIGHT.defaultValue();
  private static final double LEAST_SHARE = 0.97;

  @TempDir private Path directory;

  private final Histogram times = new Histogram(3);
  private final List<Double> unlimited = new ArrayList<>();
  private final List<Double> twice = new ArrayList<>();

  @Test
  void twiceTheLoadIsHeldBack() throws Exception {
    Report.title("Overload: %d subtask(s), a source of twice the throughput".formatted(SUBTASKS));
    SteadyPace pace = new SteadyPace();
    try (Bench bench = new Bench(pace, MixedTexts::stream, SUBTASKS);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), false, directory));
      Waiting.until("Result 2,000", Duration.ofMinutes(3), () -> bench.sum(Probe::scored) >= 2_000);
      Loads loads = new Loads(bench, Settings.span(15));
      Histogram ignored = new Histogram(3);
      for (int round = 1; round <= ROUNDS; round++) {
        pace.set(Double.POSITIVE_INFINITY);
        unlimited.add(loads.window(ignored));
        pace.set(2 * Collections.max(unlimited));
        twice.add(loads.window(times));
        job.requireRunning();
        Report.line(
            "round %d: %.1f records/s without limit, %.1f at twice that",
            round, unlimited.get(round - 1), twice.get(round - 1));
      }
      job.cancel();
      print(loads);
      assertThat(loads.mostInFlight()).as("in flight, of the gauge").isBetween(1L, (long) CAPACITY);
      for (Probe probe : bench.probes()) {
        // One more: the record that waits for room is behind the first point of measurement.
        assertThat(probe.mostInside()).as("in flight, exactly").isBetween(1L, CAPACITY + 1L);
        assertThat(probe.dead()).as("dead letters").isZero();
      }
      Report.figure(
          "in flight under overload",
          "at most %d by the gauge".formatted(loads.mostInFlight()),
          "never above the capacity of " + CAPACITY,
          true);
    }
  }

  private void print(Loads loads) {
    double share = Median.of(twice) / Median.of(unlimited);
    Report.line(
        "best windows: %.1f without limit, %.1f at twice; medians %.1f and %.1f",
        Collections.max(unlimited), Collections.max(twice), Median.of(unlimited), Median.of(twice));
    Report.figure(
        "throughput under overload",
        "%.1f %% of the peak, by medians".formatted(100 * share),
        "at least 97 %",
        share >= LEAST_SHARE);

    double bound = (CAPACITY + 1) * SUBTASKS / Median.of(twice);
    Report.line(
        "time in the operator under overload: mean %.3f s, median %.3f, p99 %.3f, longest %.3f",
        times.getMean() / 1e9,
        times.getValueAtPercentile(50) / 1e9,
        times.getValueAtPercentile(99) / 1e9,
        times.getMaxValue() / 1e9);
    Report.figure(
        "time in the operator under overload",
        "%.3f s in the mean".formatted(times.getMean() / 1e9),
        "at most (capacity + 1) / throughput = %.3f s".formatted(bound),
        times.getMean() / 1e9 <= bound);

    Report.line("live objects after each window, kB: %s", loads.liveKilobytes());
    Report.line("resident memory after each window, kB: %s", loads.residentKilobytes());
    Report.figure(
        "memory under overload",
        "live objects grow by %,.0f kB and resident memory by %,.0f kB a minute"
            .formatted(loads.liveGrowth(), loads.residentGrowth()),
        "flat: under 1,024 kB a minute each",
        loads.liveGrowth() < 1024 && loads.residentGrowth() < 1024);
  }
}
