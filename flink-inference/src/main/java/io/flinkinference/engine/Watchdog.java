package io.flinkinference.engine;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Acts when something takes too long. One thread for all that is watched; actions must be short.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class Watchdog implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clock;

  /**
   * @param threadFactory makes the one thread, when something is first watched
   */
  public Watchdog(ThreadFactory threadFactory) {
    clock = new ScheduledThreadPoolExecutor(1, threadFactory);
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Starts to watch.
   *
   * @param nanos after how long the action runs, unless the watch was ended before
   */
  public Watch after(long nanos, Runnable action) {
    ScheduledFuture<?> alarm = clock.schedule(action, nanos, TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  /** Nothing is watched any more. Does not wait for an action that is under way. */
  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Something that is being watched. */
  @FunctionalInterface
  public interface Watch {
    /** It came to its end. The action does not begin after this, but may be under way. */
    void end();
  }
}
