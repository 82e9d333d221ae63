package io.flinkinference.connectors.replay;

import java.util.concurrent.TimeUnit;

/** Holds a replay back so that the topic's readers keep up. Belongs to the thread of one replay. */
final class Pace {

  private final double perSecond;
  private final long startNanos;

  /**
   * @param perSecond most records a second on average; infinite for no limit
   * @param startNanos when the replay began, by {@link System#nanoTime}
   */
  Pace(double perSecond, long startNanos) {
    this.perSecond = perSecond;
    this.startNanos = startNanos;
  }

  /** How long to wait once so many records are written. */
  long waitNanos(long written, long nowNanos) {
    double dueNanos = written / perSecond * TimeUnit.SECONDS.toNanos(1);
    return Math.max(0, (long) dueNanos - (nowNanos - startNanos));
  }
}
