package io.flinkinference.examples.demo;

import io.flinkinference.examples.figures.BatchFigures;
import io.flinkinference.examples.figures.Latency;
import io.flinkinference.examples.figures.PhaseFigures;
import org.HdrHistogram.Histogram;

/**
 * Counts and times what comes back in one phase.
 *
 * <p>Thread safety: all methods may be called by any thread. All times are milliseconds since the
 * epoch, taken from one machine's clock.
 */
final class PhaseRecorder {

  private static final int DIGITS = 3;

  private final Histogram toResult = new Histogram(DIGITS);
  private final Histogram toReader = new Histogram(DIGITS);
  private long startedAt = Long.MAX_VALUE;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt;
  private int sent;
  private int scored;
  private int deadLettered;

  /** Counts a text that was sent. */
  synchronized void sent(long at) {
    startedAt = Math.min(startedAt, at);
    sent++;
  }

  /** Counts a result. */
  synchronized void scored(long sentAt, long scoredAt, long readAt) {
    scored++;
    done(scoredAt);
    // Clocks of one machine may still step back.
    toResult.recordValue(Math.max(0, scoredAt - sentAt));
    toReader.recordValue(Math.max(0, readAt - sentAt));
    firstAt = Math.min(firstAt, scoredAt);
  }

  /** Counts a dead letter; it has no part in the latency of results. */
  synchronized void deadLettered(long rejectedAt) {
    deadLettered++;
    done(rejectedAt);
  }

  /** When the first result was there, or {@code Long.MAX_VALUE}. */
  synchronized long firstAt() {
    return firstAt;
  }

  /** What was measured so far, with the engine runs that belong to the phase. */
  synchronized PhaseFigures figures(BatchFigures batches) {
    long millis = Math.max(1, lastAt - startedAt);
    int done = scored + deadLettered;
    return new PhaseFigures(
        sent,
        scored,
        deadLettered,
        done == 0 ? 0 : done * 1000.0 / millis,
        latency(toResult),
        latency(toReader),
        batches);
  }

  private void done(long at) {
    lastAt = Math.max(lastAt, at);
  }

  private static Latency latency(Histogram histogram) {
    return histogram.getTotalCount() == 0
        ? null
        : new Latency(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99));
  }
}
