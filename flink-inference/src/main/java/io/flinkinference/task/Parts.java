package io.flinkinference.task;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * The encodings of a record that has several. Each travels by itself, in whatever batches; the
 * record has its result when all are back.
 *
 * <p>The first part that fails fails the record. Those that still wait then are not run, but they
 * come back like all others: what is in flight stays counted until nothing of it is.
 *
 * <p><b>Thread safety:</b> {@link #back} is called by one thread at a time, each of which sees what
 * those before it wrote; {@link #hasFailed} by any.
 *
 * @param <E> type of the record
 * @param <R> type of the result
 */
public final class Parts<E extends RecordEntry<E, R>, R> {

  private final E record;
  private final List<Encoding> encodings;
  private final List<Part<E, R>> entries;
  private int left;
  private volatile boolean failed;

  /**
   * @param record gets the result
   * @param encodings at least one
   */
  public Parts(E record, List<Encoding> encodings) {
    this.record = record;
    this.encodings = List.copyOf(encodings);
    this.left = encodings.size();
    this.entries = new ArrayList<>(left);
    for (Encoding encoding : encodings) {
      entries.add(new Part<>(this, encoding));
    }
  }

  E record() {
    return record;
  }

  /** What waits for the engine, in the order of the encodings. */
  public List<? extends RecordEntry<E, R>> entries() {
    return entries;
  }

  /** The encodings; equal to those of a record with equal texts. */
  public List<Encoding> encodings() {
    return encodings;
  }

  /** Number of tokens of all encodings. */
  public int tokens() {
    int sum = 0;
    for (Encoding encoding : encodings) {
      sum += encoding.length();
    }
    return sum;
  }

  boolean hasFailed() {
    return failed;
  }

  E back(Part<E, R> part, TaskDecoder<R> decoder) {
    Failure failure = part.failure();
    if (failure != null && !failed) {
      failed = true;
      record.fail(failure);
    }
    if (--left > 0) {
      return null;
    }
    if (!failed) {
      merge(decoder);
    }
    return record;
  }

  private void merge(TaskDecoder<R> decoder) {
    List<R> results = new ArrayList<>(entries.size());
    int attempts = 0;
    for (Part<E, R> part : entries) {
      results.add(part.result());
      attempts += part.attempts();
    }
    try {
      record.complete(decoder.merge(encodings, results));
    } catch (UnscorableException e) {
      record.fail(Failure.of(e, attempts));
    }
  }
}
