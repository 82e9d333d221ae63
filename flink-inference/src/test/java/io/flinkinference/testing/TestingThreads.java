package io.flinkinference.testing;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests with threads of their own need. */
public final class TestingThreads {

  private static final long GIVE_UP_SECONDS = 10;

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
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(1);
    }
    return true;
  }

  /** What a future brings. Unlike its join() it gives up in time, and when it is interrupted. */
  public static <T> T get(Future<T> future) throws Exception {
    return future.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
  }
}
