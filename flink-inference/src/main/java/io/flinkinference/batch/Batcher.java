package io.flinkinference.batch;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The records of one subtask that wait for the engine.
 *
 * <p>The subtask adds; engine threads take. A batch is formed at the moment when a thread is free
 * for it, from all that waits by then: an idle engine takes one record at once, a busy one finds
 * many to choose from. How many may wait is bounded by the subtask's in-flight capacity, not here.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 *
 * @param <E> type of the entries
 */
public final class Batcher<E extends Entry<?>> {

  /** {@link #nanosUntilReady} where nothing waits. */
  public static final long NEVER = Long.MAX_VALUE;

  private final BatchingPolicy policy;
  private final TokenBudget budget;
  private final long lingerNanos;

  // Guarded by this.
  private final WaitingRecords<E> waiting = new WaitingRecords<>();
  private final ArrayDeque<E> alone = new ArrayDeque<>();
  private boolean knownFull; // As of the last add, or the last look for work.
  private boolean nobodyComes; // Until the next add.
  private boolean closed;

  // Written under the lock. Threads that look for work read it without: they do so often.
  private volatile boolean empty = true;

  /**
   * @param policy chooses the rows of each batch
   * @param budget how large a batch may be
   * @param lingerNanos how long a record may wait for others to fill its batch; 0 for not at all
   */
  public Batcher(BatchingPolicy policy, TokenBudget budget, long lingerNanos) {
    this.policy = policy;
    this.budget = budget;
    this.lingerNanos = lingerNanos;
  }

  /**
   * Adds a record behind all others.
   *
   * @return whether a batch may be due that was not before, so that the caller has to tell the
   *     engine; until it does, it may be that nobody looks after what others add meanwhile
   */
  public synchronized boolean add(E entry) {
    if (closed) {
      return false;
    }
    boolean first = waiting.isEmpty();
    boolean wasFull = knownFull;
    waiting.add(entry);
    nobodyComes = false;
    knownFull = isFull();
    if (empty) { // To write costs more than to read, and nearly all records find others waiting.
      empty = false;
    }
    return first || (lingerNanos > 0 && knownFull && !wasFull);
  }

  /** Adds records as {@link #add} does, with none of others between them. */
  public synchronized boolean addAll(List<? extends E> entries) {
    boolean due = false;
    for (E entry : entries) {
      due |= add(entry);
    }
    return due;
  }

  /**
   * Says that no record is added before some of those that wait, or run, are done: nothing would
   * come for which to linger.
   *
   * @return whether a batch may be due that was not before, as for {@link #add}
   */
  public synchronized boolean nobodyComes() {
    if (lingerNanos == 0 || nobodyComes || waiting.isEmpty()) {
      return false;
    }
    nobodyComes = true;
    return true;
  }

  /** Adds records that were run and have to run again, before all others and each alone. */
  public synchronized void addAlone(List<E> entries) {
    if (!closed) {
      alone.addAll(entries);
      empty = waiting.isEmpty() && alone.isEmpty();
    }
  }

  /**
   * Takes the next batch out.
   *
   * @return its records in the order of arrival; empty where none wait
   */
  public synchronized List<E> take() {
    List<E> taken;
    if (!alone.isEmpty()) {
      taken = List.of(alone.remove());
    } else if (!waiting.isEmpty()) {
      taken = waiting.take(policy.choose(waiting, budget.tokens()));
    } else {
      return List.of();
    }
    empty = waiting.isEmpty() && alone.isEmpty();
    return taken;
  }

  /**
   * How long {@link #take} should still be put off: 0 where a batch is due, {@link #NEVER} where
   * nothing waits.
   *
   * @param now {@link System#nanoTime}
   */
  public long nanosUntilReady(long now) {
    if (empty) {
      return NEVER;
    }
    return lingerNanos == 0 ? 0 : nanosToLinger(now);
  }

  private synchronized long nanosToLinger(long now) {
    // The budget may have changed meanwhile: what follows is told of by who finds it full again.
    knownFull = isFull();
    if (!alone.isEmpty()) {
      return 0;
    }
    if (waiting.isEmpty()) {
      return NEVER;
    }
    return knownFull || nobodyComes
        ? 0
        : Math.max(0, lingerNanos - (now - waiting.oldest().acceptedNanos()));
  }

  /** Drops all that wait, and all that is still to come. */
  public synchronized void close() {
    closed = true;
    waiting.clear();
    alone.clear();
    empty = true;
  }

  private boolean isFull() {
    return waiting.tokens() >= budget.tokens();
  }
}
