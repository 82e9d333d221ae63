package io.flinkinference.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests with threads of their own need. */
public final class TestingThreads {

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private TestingThreads() {}

  /** A thread that does not outlive the tests. */
  public static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for what other threads bring about.
   *
   * @return whether it came about in time
   */
  public static boolean await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > GIVE_UP_NANOS) {
        return false;
      }
      LockSupport.parkNanos(1);
    }
    return true;
  }
}
