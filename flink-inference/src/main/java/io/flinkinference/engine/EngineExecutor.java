package io.flinkinference.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run an engine, shared fairly by all subtasks that feed it.
 *
 * <p>Each subtask registers a {@link Source}. A source that has work waits in one queue; a free
 * thread takes the source at the head, runs <em>one</em> of its batches, and puts it back at the
 * end while it has more. So every source with work gets its turn after one batch of each of the
 * others, and a thread never waits while any source has work that is due. The batch is formed by
 * the thread at that moment, from all that is pending by then.
 *
 * <p><b>Who looks for a source's work.</b> Never nobody while it has some, and no more threads than
 * there may be batches:
 *
 * <pre>
 *   not queued            nobody: it had none. Its next signal queues it and wakes a thread
 *   queued                a thread that is awake, or was woken, will look at it
 *   queued, awaitsDue     it has work that is not due: the threads sleep until then, and a signal
 *                         that finds it due earlier wakes one
 *   a thread takes from   that thread, until it has taken; then it wakes another for what is left,
 *                         and looks itself when its batch is done
 * </pre>
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class EngineExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(EngineExecutor.class);

  /** Says that a source has nothing to do. */
  public static final long NO_WORK = Long.MAX_VALUE;

  /** Work of one subtask. */
  public interface Source {

    /**
     * Takes the next batch out. The thread that took it runs it, and nobody else can take it.
     * Called by the executor's threads, by several at once. Neither this nor the batch's run should
     * throw: what they throw goes to {@link #broken} of this source, since its batch may be lost
     * with it, and to the thread's uncaught exception handler, and the thread goes on.
     *
     * @return runs the batch and hands over its results; null where nothing is pending
     */
    Runnable take();

    /**
     * How long {@link #take} should still be put off: 0 where it would find work that is due,
     * {@link #NO_WORK} where it would find none. Called under the executor's lock: it must be
     * short, and a lock that it takes must not be held by those who call the executor.
     */
    long nanosUntilWork();

    /**
     * The engine works no more, whoever found out, or a turn of this source threw. What is pending
     * may not run, and what was taken may never come back. Called by any thread, more than once at
     * times; should not throw.
     */
    default void broken(Throwable why) {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mayHaveWork = lock.newCondition();
  private final ArrayDeque<Registration> ready = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Registration> sources = new HashSet<>();
  private Throwable broken; // Null while the engine works.
  private boolean shutdown;
  private int busy;

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

  /** Tells one who has no work for the engine that it broke, as {@link Source#broken} does. */
  public Registration watch(Consumer<Throwable> broken) {
    return register(
        new Source() {
          @Override
          public Runnable take() {
            return null;
          }

          @Override
          public long nanosUntilWork() {
            return NO_WORK;
          }

          @Override
          public void broken(Throwable why) {
            broken.accept(why);
          }
        });
  }

  /** Adds a source. It gets no turn before it signals. */
  public Registration register(Source source) {
    Registration registration = new Registration(source);
    Throwable why;
    lock.lock();
    try {
      sources.add(registration);
      why = broken;
    } finally {
      lock.unlock();
    }
    if (why != null) {
      registration.tell(why);
    }
    return registration;
  }

  /**
   * Says that the engine works no more. All sources are told, those too that register later: a
   * thread that hangs may be the only one, and nobody else would learn why no turn comes.
   */
  public void breakDown(Throwable why) {
    List<Registration> all;
    lock.lock();
    try {
      if (broken != null) {
        return;
      }
      broken = why;
      all = List.copyOf(sources);
    } finally {
      lock.unlock();
    }
    all.forEach(one -> one.tell(why));
  }

  /** Whether the engine was found to work no more. */
  public boolean isBroken() {
    lock.lock();
    try {
      return broken != null;
    } finally {
      lock.unlock();
    }
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

  /** Threads that run a batch now: permits in use. */
  public int busy() {
    lock.lock();
    try {
      return busy;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Threads for each source, as they are shared where all have work now: the whole number above, so
   * 1 at least.
   */
  public int share() {
    lock.lock();
    try {
      int among = Math.max(1, sources.size());
      return (threads.size() + among - 1) / among;
    } finally {
      lock.unlock();
    }
  }

  /** Number of threads: permits. */
  public int concurrency() {
    return threads.size();
  }

  private void work() {
    lock.lock();
    try {
      while (serve()) {
        // A turn's source must not stay reachable from a thread that waits: hence a method of its
        // own.
      }
    } finally {
      lock.unlock();
    }
  }

  /** Serves one turn, without the lock, which it requires; returns false after a shutdown. */
  private boolean serve() {
    Registration turn = nextTurn();
    if (turn == null) {
      return false;
    }
    lock.unlock();
    try {
      run(turn);
    } finally {
      lock.lock();
      turn.served();
    }
    return true;
  }

  private static void run(Registration turn) {
    try {
      Runnable batch = turn.take();
      if (batch != null) {
        batch.run();
      }
    } catch (Throwable e) {
      // The thread belongs to the other sources too: one source's fault must not end it.
      turn.tell(e);
      report(e);
    }
  }

  private static void report(Throwable fault) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    } catch (Throwable e) {
      log(e);
    }
  }

  private static void log(Throwable fault) {
    try {
      LOG.error("A fault of an engine's turn could not be told to all; the thread goes on.", fault);
    } catch (Throwable e) {
      // Where the heap is used up this fails as well, and must not end the thread.
    }
  }

  /** Requires the lock. */
  private Registration nextTurn() {
    while (!shutdown) {
      long wait = NO_WORK;
      for (int i = ready.size(); i > 0; i--) {
        Registration turn = ready.remove();
        long nanos = turn.source.nanosUntilWork();
        if (nanos <= 0) {
          // It keeps its place among the others, also if this thread is slow to take its batch.
          // Nobody is woken for it yet: there may be one batch only. See Registration.passOn.
          ready.add(turn);
          turn.awaitsDue = false;
          busy++;
          return turn;
        }
        turn.queued = nanos != NO_WORK;
        turn.awaitsDue = turn.queued;
        if (turn.queued) {
          ready.add(turn);
          wait = Math.min(wait, nanos);
        }
      }
      await(wait);
    }
    return null;
  }

  /** Requires the lock. Only a shutdown ends a thread; nobody has a reason to interrupt it. */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again whatever woke it.
  private void await(long nanos) {
    if (nanos == NO_WORK) {
      mayHaveWork.awaitUninterruptibly();
      return;
    }
    try {
      mayHaveWork.awaitNanos(nanos);
    } catch (InterruptedException e) {
      LOG.warn("An engine thread was interrupted; it goes on.", e);
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

  /** A source's place among the others. Its fields are guarded by the executor's lock. */
  public final class Registration implements AutoCloseable {

    private final Source source;
    private boolean queued;
    private boolean awaitsDue;
    private boolean closed;

    private Registration(Source source) {
      this.source = source;
    }

    private void tell(Throwable why) {
      try {
        source.broken(why);
      } catch (Throwable e) {
        log(e); // Whatever it is, others have to be told.
      }
    }

    private Runnable take() {
      try {
        return source.take();
      } finally {
        passOn();
      }
    }

    /**
     * Until now this thread stood for all that is queued and for which nobody else was woken. From
     * now on it is busy, so another has to look at what is left. A source that has nothing left
     * leaves the queue, or its next signal would take it for one that is looked after.
     */
    private void passOn() {
      lock.lock();
      try {
        if (source.nanosUntilWork() != NO_WORK) {
          enqueue(this);
        } else if (queued) {
          queued = false;
          ready.removeLastOccurrence(this);
        }
        if (!ready.isEmpty()) {
          mayHaveWork.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Requires the lock. */
    private void served() {
      busy--;
      signal();
    }

    /**
     * Says that the source may have work. It has to be said where the source last answered {@link
     * #NO_WORK}, or where its work is due earlier than it answered; until it has none, it is looked
     * after.
     */
    public void signal() {
      lock.lock();
      try {
        long nanos = source.nanosUntilWork();
        if (nanos == NO_WORK) {
          return;
        }
        enqueue(this);
        if (awaitsDue && nanos <= 0) {
          // The threads wait until later than that.
          awaitsDue = false;
          mayHaveWork.signal();
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
        sources.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
