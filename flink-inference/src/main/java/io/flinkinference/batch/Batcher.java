package io.flinkinference.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of one subtask that wait for the engine, in the order of arrival.
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

  private static final int INITIAL_CAPACITY = 64;

  private final BatchingPolicy policy;
  private final TokenBudget budget;
  private final long lingerNanos;

  // Guarded by this. The arrays run in parallel, in the order of arrival.
  private final ArrayList<E> waiting = new ArrayList<>(INITIAL_CAPACITY);
  private int[] lengths = new int[INITIAL_CAPACITY];
  private int[] chosen = new int[INITIAL_CAPACITY];
  private int waitingTokens;
  private final ArrayDeque<E> alone = new ArrayDeque<>();
  private boolean closed;

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

  /** Adds a record behind all others. */
  public synchronized void add(E entry) {
    if (closed) {
      return;
    }
    if (waiting.size() == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * lengths.length);
      chosen = new int[lengths.length];
    }
    int length = entry.encoding().length();
    lengths[waiting.size()] = length;
    waitingTokens += length;
    waiting.add(entry);
  }

  /** Adds records that were run and have to run again, before all others and each alone. */
  public synchronized void addAlone(List<E> entries) {
    if (!closed) {
      alone.addAll(entries);
    }
  }

  /**
   * Takes the next batch out.
   *
   * @return its records in the order of arrival; empty where none wait
   */
  public synchronized List<E> take() {
    if (!alone.isEmpty()) {
      return List.of(alone.remove());
    }
    if (waiting.isEmpty()) {
      return List.of();
    }
    int rows = policy.choose(lengths, waiting.size(), budget.tokens(), chosen);
    List<E> batch = new ArrayList<>(rows);
    int kept = chosen[0];
    int next = 0;
    for (int i = chosen[0]; i < waiting.size(); i++) {
      E entry = waiting.get(i);
      if (next < rows && chosen[next] == i) {
        batch.add(entry);
        waitingTokens -= lengths[i];
        next++;
      } else {
        waiting.set(kept, entry);
        lengths[kept] = lengths[i];
        kept++;
      }
    }
    waiting.subList(kept, waiting.size()).clear();
    return batch;
  }

  /**
   * How long {@link #take} should still be put off: 0 where a batch is due, {@link #NEVER} where
   * nothing waits.
   *
   * @param now {@link System#nanoTime}
   */
  public synchronized long nanosUntilReady(long now) {
    if (!alone.isEmpty()) {
      return 0;
    }
    if (waiting.isEmpty()) {
      return NEVER;
    }
    if (lingerNanos == 0 || waitingTokens >= budget.tokens()) {
      return 0;
    }
    return Math.max(0, lingerNanos - (now - waiting.get(0).acceptedNanos()));
  }

  /** Drops all that wait, and all that is still to come. */
  public synchronized void close() {
    closed = true;
    waiting.clear();
    alone.clear();
    waitingTokens = 0;
  }
}
