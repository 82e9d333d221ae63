package io.flinkinference.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts when something takes too long. One thread for all that is watched; actions must be short.
 *
 * <p>Every run is watched, and hardly any takes too long. So what begins and ends in time costs an
 * entry in a set: the thread is woken only for what is due before it would wake by itself.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class Watchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** Within the range of {@link System#nanoTime} differences: 146 years. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

  private final ThreadFactory threadFactory;

  // Guarded by this.
  private final Set<Alarm> alarms = new HashSet<>();
  private Thread thread; // Null until something is watched.
  private long wakesAtNanos = System.nanoTime() + LONGEST_NANOS;
  private boolean closed;

  /**
   * @param threadFactory makes the one thread, when something is first watched
   */
  public Watchdog(ThreadFactory threadFactory) {
    this.threadFactory = threadFactory;
  }

  /**
   * Starts to watch.
   *
   * @param nanos after how long the action runs, unless the watch was ended before
   * @throws RejectedExecutionException after {@link #close}
   */
  public synchronized Watch after(long nanos, Runnable action) {
    if (closed) {
      throw new RejectedExecutionException("The watchdog is closed.");
    }
    if (thread == null) {
      Thread started = threadFactory.newThread(this::watch);
      started.start();
      thread = started; // Only now: if it does not start, the next one may.
    }
    Alarm alarm = new Alarm(System.nanoTime() + Math.min(nanos, LONGEST_NANOS), action);
    alarms.add(alarm);
    if (alarm.dueNanos - wakesAtNanos < 0) {
      wakesAtNanos = alarm.dueNanos;
      notifyAll();
    }
    return alarm;
  }

  private void watch() {
    while (awaitDue()) {
      act();
    }
  }

  /** Waits until something takes too long; returns false after the end. */
  private synchronized boolean awaitDue() {
    while (!closed) {
      // What is watched must not stay reachable from a thread that waits: only times do.
      long wait = nanosToFirst();
      if (wait <= 0) {
        return true;
      }
      wakesAtNanos = System.nanoTime() + wait;
      await(wait);
    }
    return false;
  }

  /** Requires the lock. */
  private long nanosToFirst() {
    Alarm first = first();
    return first == null ? LONGEST_NANOS : first.dueNanos - System.nanoTime();
  }

  /** Requires the lock. Null where nothing is watched. */
  private Alarm first() {
    Alarm first = null;
    for (Alarm alarm : alarms) {
      if (first == null || alarm.dueNanos - first.dueNanos < 0) {
        first = alarm;
      }
    }
    return first;
  }

  private void act() {
    Alarm due = takeDue();
    if (due == null) {
      return; // It came to its end meanwhile.
    }
    try {
      due.action.run();
    } catch (Throwable e) {
      // The thread watches over others too: one action's fault must not end it.
      LOG.error("What should end something that takes too long failed.", e);
    }
  }

  private synchronized Alarm takeDue() {
    Alarm first = first();
    if (first == null || first.dueNanos - System.nanoTime() > 0) {
      return null;
    }
    alarms.remove(first);
    return first;
  }

  private void await(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      LOG.warn("A watchdog was interrupted; it goes on.", e);
    }
  }

  /** Nothing is watched any more. Does not wait for an action that is under way. */
  @Override
  public synchronized void close() {
    closed = true;
    alarms.clear();
    notifyAll();
  }

  /** Something that is being watched. */
  @FunctionalInterface
  public interface Watch {
    /** It came to its end. The action does not begin after this, but may be under way. */
    void end();
  }

  private final class Alarm implements Watch {
    private final long dueNanos;
    private final Runnable action;

    Alarm(long dueNanos, Runnable action) {
      this.dueNanos = dueNanos;
      this.action = action;
    }

    @Override
    public void end() {
      synchronized (Watchdog.this) {
        alarms.remove(this);
      }
    }
  }
}
