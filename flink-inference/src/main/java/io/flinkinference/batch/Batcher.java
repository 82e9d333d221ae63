package io.flinkinference.batch;

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

  private static final int INITIAL_CAPACITY = 64;

  private final BatchingPolicy policy;

  // Guarded by this. The arrays run in parallel, in the order of arrival.
  private final ArrayList<E> waiting = new ArrayList<>(INITIAL_CAPACITY);
  private int[] lengths = new int[INITIAL_CAPACITY];
  private int[] chosen = new int[INITIAL_CAPACITY];
  private boolean closed;

  /**
   * @param policy chooses the rows of each batch
   */
  public Batcher(BatchingPolicy policy) {
    this.policy = policy;
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
    lengths[waiting.size()] = entry.encoding().length();
    waiting.add(entry);
  }

  /**
   * Takes the next batch out.
   *
   * @return its records in the order of arrival; empty where none wait
   */
  public synchronized List<E> take() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    int rows = policy.choose(lengths, waiting.size(), chosen);
    List<E> batch = new ArrayList<>(rows);
    int kept = chosen[0];
    int next = 0;
    for (int i = chosen[0]; i < waiting.size(); i++) {
      E entry = waiting.get(i);
      if (next < rows && chosen[next] == i) {
        batch.add(entry);
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

  /** Whether no record waits. */
  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Drops all that wait, and all that is still to come. */
  public synchronized void close() {
    closed = true;
    waiting.clear();
  }
}
