package io.flinkinference.reliability.figures;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.ProcessMemory;
import io.flinkinference.reliability.rig.Slope;
import io.flinkinference.reliability.rig.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Measures a job in windows, and memory between them.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Loads {

  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Bench bench;
  private final Duration span;
  private final Slope live = new Slope();
  private final Slope resident = new Slope();
  private final List<Long> liveKilobytes = new ArrayList<>();
  private final List<Long> residentKilobytes = new ArrayList<>();
  private long mostInFlight;

  Loads(Bench bench, Duration span) {
    this.bench = bench;
    this.span = span;
  }

  /**
   * Measures for one window.
   *
   * @param times receives the nanoseconds that each result took
   * @return results a second
   */
  double window(Histogram times) {
    Waiting.pass(SETTLING, this::look);
    bench.probes().forEach(Probe::takeTimes);
    long before = bench.sum(Probe::scored);
    long start = System.nanoTime();
    Waiting.pass(span, this::look);
    long count = bench.sum(Probe::scored) - before;
    long nanos = System.nanoTime() - start;
    bench.probes().forEach(probe -> times.add(probe.takeTimes()));
    ProcessMemory memory = ProcessMemory.settled();
    live.add(memory.heapUsed());
    resident.add(memory.resident());
    liveKilobytes.add(memory.heapUsed());
    residentKilobytes.add(memory.resident());
    return count * 1e9 / nanos;
  }

  private void look() {
    mostInFlight = Math.max(mostInFlight, bench.mostInFlight());
  }

  /** The operator's own count, where it was highest. */
  long mostInFlight() {
    return mostInFlight;
  }

  /** Growth of live objects in kB a minute. */
  double liveGrowth() {
    return live.perMinute();
  }

  /** Growth of resident memory in kB a minute. */
  double residentGrowth() {
    return resident.perMinute();
  }

  /** Live objects after each window. */
  List<Long> liveKilobytes() {
    return liveKilobytes;
  }

  /** Resident memory after each window. */
  List<Long> residentKilobytes() {
    return residentKilobytes;
  }
}
