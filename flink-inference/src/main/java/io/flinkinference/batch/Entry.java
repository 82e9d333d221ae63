package io.flinkinference.batch;

import io.flinkinference.text.Encoding;

/**
 * A record that waits to be batched.
 *
 * <p><b>Thread safety:</b> {@link #startAttempt}, {@link #complete} and {@link #fail} are called by
 * one engine thread at a time, before the entry is handed back to its owner. The last call counts:
 * a batch that fails while it is decoded is run again in halves.
 *
 * @param <R> type of the result
 */
public interface Entry<R> {

  /** Its token ids. */
  Encoding encoding();

  /** Whether it is one of several encodings of a record, whose results are merged. */
  default boolean isPart() {
    return false;
  }

  /**
   * Whether nobody wants its result any more, so that it need not run; may be called by any thread.
   */
  default boolean isObsolete() {
    return false;
  }

  /** When it was accepted, by {@link System#nanoTime}. */
  long acceptedNanos();

  /** Counts an engine run that it takes part in. */
  void startAttempt();

  /** Engine runs that it has taken part in. */
  int attempts();

  /** Its result. */
  void complete(R result);

  /**
   * What is kept of it until all encodings of its record are there.
   *
   * @throws IllegalStateException unless it is a part
   */
  default void completePart(Object part) {
    throw new IllegalStateException("This is no part of a record.");
  }

  /** Why it has no result. */
  void fail(Failure failure);
}
