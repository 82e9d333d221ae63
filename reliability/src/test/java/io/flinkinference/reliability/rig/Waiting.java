package io.flinkinference.reliability.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a job does, and for time to pass while it is measured. */
public final class Waiting {

  private static final long TICK_NANOS = 5_000_000;

  private Waiting() {}

  /** Something that may fail. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it is so by now. */
    boolean holds() throws Exception;
  }

  /**
   * Returns when a condition holds.
   *
   * @param what for the message
   * @throws IllegalStateException if it does not within the limit
   */
  public static void until(String what, Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " did not come within " + limit + ".");
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  /** Lets time pass, and looks at something again and again. */
  public static void pass(Duration span, Runnable look) {
    long end = System.nanoTime() + span.toNanos();
    for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
      look.run();
      LockSupport.parkNanos(Math.min(left, TICK_NANOS));
    }
  }

  /** Lets time pass. */
  public static void pass(Duration span) {
    long end = System.nanoTime() + span.toNanos();
    for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
