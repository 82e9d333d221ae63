package io.flinkinference.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that run an engine, shared fairly by all subtasks that feed it.
 *
 * <p>Each subtask registers a {@link Source}. A source that has work waits in one queue; a free
 * thread takes the source at the head, runs <em>one</em> of its batches, and puts it back at the
 * end while it has more. So every source with work gets its turn after one batch of each of the
 * others, and a thread never waits while any source has work. The batch is formed by the thread at
 * that moment, from all that is pending by then.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class EngineExecutor {

  /** Work of one subtask. */
  public interface Source {

    /**
     * Forms the next batch, runs it and hands over its results. Called by the executor's threads,
     * by several at once. Returns at once where nothing is pending. Must not throw; what it throws
     * goes to the thread's uncaught exception handler, and the thread goes on.
     */
    void runNext();

    /**
     * Whether {@link #runNext} would find work. Called under the executor's lock: it must be short,
     * and a lock that it takes must not be held by those who call the executor.
     */
    boolean hasWork();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mayHaveWork = lock.newCondition();
  private final ArrayDeque<Registration> ready = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean shutdown;

  /**
   * @param concurrency number of threads, at least 1
   * @param threadFactory makes the threads; they end with {@link #shutdown}
   */
  public EngineExecutor(int concurrency, ThreadFactory threadFactory) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency + ".");
    }
    for (int i = 0; i < concurrency; i++) {
      threads.add(threadFactory.newThread(this::work));
    }
    boolean started = false;
    try {
      threads.forEach(Thread::start);
      started = true;
    } finally {
      if (!started) {
        shutdown();
      }
    }
  }

  /** Adds a source. It gets no turn before it signals. */
  public Registration register(Source source) {
    return new Registration(source);
  }

  /** Lets each thread end after the batch that it runs; sources get no further turn. */
  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      ready.clear();
      mayHaveWork.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits after a {@link #shutdown} until all threads have ended, but only for a while. An
   * interrupt does not shorten the wait, and is kept.
   *
   * @return whether all have ended; those that have not are in a batch, and end with it
   */
  public boolean awaitTermination(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean ended = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      long left = deadline - System.nanoTime();
      while (thread.isAlive() && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        } catch (InterruptedException e) {
          // A caller that is cancelled still has to wait: the thread may be in native code.
          interrupted = true;
        }
        left = deadline - System.nanoTime();
      }
      ended &= !thread.isAlive();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  @SuppressWarnings("StatementWithEmptyBody") // All is done in the turn.
  private void work() {
    // A turn is a method of its own: a thread that waits for one must hold on to no source.
    while (takeTurn()) {}
  }

  /** Waits for a turn and runs it. Returns false where there will be none. */
  private boolean takeTurn() {
    Registration turn = nextTurn();
    if (turn == null) {
      return false;
    }
    try {
      turn.source.runNext();
    } catch (Throwable e) {
      // The thread belongs to the other sources too: one source's fault must not end it.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
    turn.signal();
    return true;
  }

  private Registration nextTurn() {
    lock.lock();
    try {
      while (ready.isEmpty() && !shutdown) {
        // Only a shutdown ends a thread; nobody has a reason to interrupt it.
        mayHaveWork.awaitUninterruptibly();
      }
      if (shutdown) {
        return null;
      }
      Registration turn = ready.poll();
      turn.queued = false;
      // While this thread forms its batch, another may already serve the same source.
      if (turn.source.hasWork()) {
        enqueue(turn);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /** Requires the lock. */
  private void enqueue(Registration registration) {
    if (!registration.queued && !registration.closed && !shutdown) {
      registration.queued = true;
      ready.add(registration);
      mayHaveWork.signal();
    }
  }

  /** A source's place among the others. */
  public final class Registration implements AutoCloseable {

    private final Source source;
    private boolean queued;
    private boolean closed;

    private Registration(Source source) {
      this.source = source;
    }

    /** Says that the source may have work. */
    public void signal() {
      lock.lock();
      try {
        if (source.hasWork()) {
          enqueue(this);
        }
      } finally {
        lock.unlock();
      }
    }

    /**
     * The source gets no further turn. Does not wait: turns that were granted before may still be
     * under way, or even about to begin, when this returns.
     */
    @Override
    public void close() {
      lock.lock();
      try {
        closed = true;
        ready.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
