package io.flinkinference.reliability.rig;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one subtask's records do, seen just before and just behind the operator.
 *
 * <p><b>Thread safety:</b> written by the subtask's thread, read by any.
 */
public final class Probe {

  private static final int DIGITS = 3;

  private final AtomicLong starts = new AtomicLong();
  private final AtomicLong scored = new AtomicLong();
  private final AtomicLong dead = new AtomicLong();
  private final AtomicLong mostInside = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong();
  private final SingleWriterRecorder times = new SingleWriterRecorder(DIGITS);

  /** The subtask's thread's own. */
  private long inside;

  void started() {
    inside = 0;
    starts.incrementAndGet();
  }

  void entered() {
    inside++;
    if (inside > mostInside.get()) {
      mostInside.set(inside);
    }
  }

  void scored(long nanos) {
    inside--;
    times.recordValue(Math.max(0, nanos));
    lastNanos.set(nanos);
    scored.incrementAndGet(); // Last: who sees it sees the time too.
  }

  void died() {
    inside--;
    dead.incrementAndGet();
  }

  /** How often the subtask was started: once, and once more for each restart. */
  public long starts() {
    return starts.get();
  }

  /** Results that came out. */
  public long scored() {
    return scored.get();
  }

  /** Dead letters that came out. */
  public long dead() {
    return dead.get();
  }

  /**
   * Most records that were at once between the points before and behind the operator: those in
   * flight, and the one that waits for room. Only without restarts, after which restored records
   * come out that were not seen to go in.
   */
  public long mostInside() {
    return mostInside.get();
  }

  /** Nanoseconds that the last result took, from just before to just behind the operator. */
  public long lastNanos() {
    return lastNanos.get();
  }

  /** The times of all results since the last call, in nanoseconds. For one caller at a time. */
  public Histogram takeTimes() {
    return times.getIntervalHistogram();
  }
}
