package io.flinkinference.task;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.StackDigest;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The encodings of a record that has several, for it is several inputs of the model or too long for
 * one window. Each travels by itself, in whatever batches; the record has its result when all are
 * back.
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
  private final List<List<Window>> inputs;
  private final List<Part<E, R>> entries;
  private int left;
  private volatile boolean failed;

  /**
   * @param record gets the result
   * @param inputs the windows of each of its inputs, at least one
   */
  public Parts(E record, List<List<Window>> inputs) {
    this.record = record;
    this.inputs = List.copyOf(inputs);
    this.entries = new ArrayList<>();
    for (List<Window> windows : inputs) {
      for (Window window : windows) {
        entries.add(new Part<>(this, window.encoding()));
      }
    }
    this.left = entries.size();
  }

  E record() {
    return record;
  }

  /** What waits for the engine, in the order of the encodings. */
  public List<? extends RecordEntry<E, R>> entries() {
    return entries;
  }

  /** The windows of each input; equal to those of a record with equal texts. */
  public List<List<Window>> inputs() {
    return inputs;
  }

  /** Number of windows of the inputs that have more than one. */
  public int windows() {
    int count = 0;
    for (List<Window> windows : inputs) {
      count += windows.size() > 1 ? windows.size() : 0;
    }
    return count;
  }

  /** Number of tokens of all encodings. */
  public int tokens() {
    int sum = 0;
    for (Part<E, R> entry : entries) {
      sum += entry.encoding().length();
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
      merge(decoder.parts());
    }
    return record;
  }

  private <P> void merge(PartDecoder<P, R> decoder) {
    try {
      List<P> merged = new ArrayList<>(inputs.size());
      int next = 0;
      for (List<Window> windows : inputs) {
        List<Object> kept = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
          kept.add(entries.get(next++).kept());
        }
        merged.add(mergeWindows(decoder, windows, kept));
      }
      record.complete(decoder.finish(merged));
    } catch (UnscorableException e) {
      record.fail(Failure.of(e, attempts()));
    } catch (RuntimeException e) {
      // Also a decoder with a fault must not fail the job: it would again after each restart.
      record.fail(
          new Failure(
              DeadLetterReason.INVALID_OUTPUT,
              "The outputs of its " + entries.size() + " encodings cannot be merged: " + e,
              attempts(),
              StackDigest.of(e, Parts.class)));
    }
  }

  @SuppressWarnings("unchecked") // The same decoder made it.
  private static <P> P mergeWindows(
      PartDecoder<P, ?> decoder, List<Window> windows, List<Object> kept) {
    return decoder.mergeWindows(windows, (List<P>) kept);
  }

  private int attempts() {
    int attempts = 0;
    for (Part<E, R> part : entries) {
      attempts += part.attempts();
    }
    return attempts;
  }
}
