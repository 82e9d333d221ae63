package io.flinkinference.reliability.figures;

import io.flinkinference.reliability.rig.Bench;
import io.flinkinference.reliability.rig.Probe;
import io.flinkinference.reliability.rig.ProcessMemory;
import io.flinkinference.reliability.rig.Waiting;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Measures a job in windows, and memory after each.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Loads {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Bench bench;
  private final long capacity;
  private final Duration span;
  private long mostInFlight;

  /**
   * @param capacity records in flight of all subtasks together
   * @param span of a window
   */
  Loads(Bench bench, long capacity, Duration span) {
    this.bench = bench;
    this.capacity = capacity;
    this.span = span;
  }

  /**
   * What one window showed.
   *
   * @param throughput results a second
   * @param seconds that each result took from just before to just behind the operator, mean
   * @param times of each result, in nanoseconds
   * @param memory after it
   * @param endNanos when it was over
   */
  record Window(
      double throughput, double seconds, Histogram times, ProcessMemory memory, long endNanos) {}

  /** Waits until all that is in flight has come under the present load, and measures then. */
  Window measure() throws Exception {
    long settled = bench.sum(Probe::scored) + capacity;
    Waiting.until(
        "A change of load", PATIENCE, () -> look() && bench.sum(Probe::scored) >= settled);
    bench.probes().forEach(Probe::takeTimes);
    long before = bench.sum(Probe::scored);
    long start = System.nanoTime();
    Waiting.pass(span, this::look);
    long count = bench.sum(Probe::scored) - before;
    double seconds = (System.nanoTime() - start) / 1e9;
    Histogram times = new Histogram(3);
    bench.probes().forEach(probe -> times.add(probe.takeTimes()));
    return new Window(
        count / seconds, times.getMean() / 1e9, times, ProcessMemory.settled(), System.nanoTime());
  }

  private boolean look() {
    mostInFlight = Math.max(mostInFlight, bench.mostInFlight());
    return true;
  }

  /** In flight by the operator's own gauge, in the subtask and at the moment with most. */
  long mostInFlight() {
    return mostInFlight;
  }
}
