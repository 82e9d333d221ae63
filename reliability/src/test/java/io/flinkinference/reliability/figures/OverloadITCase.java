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
import io.flinkinference.reliability.rig.Slope;
import io.flinkinference.reliability.rig.SteadyPace;
import io.flinkinference.reliability.rig.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final double FLAT = 1024;

  @TempDir private Path directory;

  private final List<Loads.Window> unlimited = new ArrayList<>();
  private final List<Loads.Window> twice = new ArrayList<>();

  @Test
  void twiceTheLoadIsHeldBack() throws Exception {
    Report.title("Overload: %d subtask(s), a source of twice the throughput".formatted(SUBTASKS));
    SteadyPace pace = new SteadyPace();
    try (Bench bench = new Bench(pace, MixedTexts::stream, SUBTASKS);
        Cluster cluster = Cluster.start(bench, directory)) {
      RunningJob job =
          cluster.submit(ScoringJob.graph(bench, new Configuration(), false, directory));
      Waiting.until("Result 2,000", Duration.ofMinutes(3), () -> bench.sum(Probe::scored) >= 2_000);
      Loads loads = new Loads(bench, (long) CAPACITY * SUBTASKS, Settings.span(15));
      for (int round = 1; round <= ROUNDS; round++) {
        pace.set(Double.POSITIVE_INFINITY);
        unlimited.add(measure(loads, "no limit"));
        pace.set(2 * best(unlimited));
        twice.add(measure(loads, "twice"));
        job.requireRunning();
      }
      job.cancel();
      print();
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

  private static Loads.Window measure(Loads loads, String load) throws Exception {
    Loads.Window window = loads.measure();
    Report.line(
        "%-8s: %.1f records/s; time in the operator: mean %.3f s, median %.3f, p99 %.3f,"
            + " longest %.3f; (capacity + 1) / throughput %.3f s; live objects %,d kB, resident"
            + " outside the heap %,d kB",
        load,
        window.throughput(),
        window.seconds(),
        window.times().getValueAtPercentile(50) / 1e9,
        window.times().getValueAtPercentile(99) / 1e9,
        window.times().getMaxValue() / 1e9,
        bound(window),
        window.memory().heapUsed(),
        window.memory().outsideHeap());
    return window;
  }

  /** Little's law: so long must a record stay, in the mean, where so many are in flight. */
  private static double bound(Loads.Window window) {
    return (CAPACITY + 1) * SUBTASKS / window.throughput();
  }

  private static double best(List<Loads.Window> windows) {
    return windows.stream().mapToDouble(Loads.Window::throughput).max().orElseThrow();
  }

  private static double median(List<Loads.Window> windows) {
    return Median.of(windows.stream().map(Loads.Window::throughput).toList());
  }

  private void print() {
    Report.line(
        "medians: %.1f records/s without limit, %.1f at twice; best windows: %.1f and %.1f",
        median(unlimited), median(twice), best(unlimited), best(twice));
    double share = median(twice) / median(unlimited);
    Report.figure(
        "throughput under overload",
        "%.1f %% of the peak, by medians".formatted(100 * share),
        "at least 97 %",
        share >= LEAST_SHARE);
    double stay = Median.of(twice.stream().map(each -> each.seconds() / bound(each)).toList());
    Report.figure(
        "time in the operator under overload",
        "%.3f times (capacity + 1) / throughput, mean of a window, median of windows"
            .formatted(stay),
        "at most 1",
        stay <= 1);
    Slope live = new Slope();
    Slope resident = new Slope();
    // Not from the first round, in which the JVM compiles and the engine's memory still grows.
    for (Loads.Window window : twice.subList(1, twice.size())) {
      live.add(window.endNanos(), window.memory().heapUsed());
      resident.add(window.endNanos(), window.memory().resident());
    }
    Report.figure(
        "memory under overload",
        "live objects grow by %,.0f kB and resident memory by %,.0f kB a minute"
            .formatted(live.perMinute(), resident.perMinute()),
        "flat: under 1,024 kB a minute each",
        live.perMinute() < FLAT && resident.perMinute() < FLAT);
  }
}
