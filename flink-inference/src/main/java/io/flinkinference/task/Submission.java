package io.flinkinference.task;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;

/**
 * A text on its way through a {@link SubmissionQueue}. Subclasses hold what their taker needs to
 * know about it.
 *
 * <p><b>Thread safety:</b> one thread reads the text and submits it; then engine threads write, one
 * at a time, until the taker gets it back.
 *
 * @param <E> type of the subclass
 * @param <R> type of the result
 */
public abstract class Submission<E extends Submission<E, R>, R> implements RecordEntry<E, R> {

  private final long acceptedNanos = System.nanoTime();
  private Encoding encoding; // Null where there are parts, or nothing for the engine.
  private Parts<E, R> parts; // Null unless there are several encodings.
  private R result;
  private Failure failure;
  private int attempts;

  /** This. */
  protected abstract E self();

  /** Encodes the text of a record, or settles what becomes of it without the engine. */
  public final <T> void read(T record, TextReader<T> reader, TaskDecoder<R> decoder) {
    try {
      TextReading reading = reader.read(record);
      if (reading instanceof TextReading.Encoded encoded) {
        encoding = encoded.encoding();
      } else if (reading instanceof TextReading.EncodedParts several) {
        parts = new Parts<>(self(), several.inputs());
      } else if (reading == TextReading.NoText.EMPTY_RESULT) {
        result = decoder.emptyResult();
      }
    } catch (UnscorableException e) {
      failure = new Failure(e.reason(), e.getMessage(), 0);
    }
  }

  /** Whether it has token ids, so that the engine has to say what becomes of it. */
  public final boolean isForTheEngine() {
    return encoding != null || parts != null;
  }

  /** Its token ids in all, by which equal texts are told; null if it is not for the engine. */
  public final Object tokenIds() {
    return parts == null ? encoding : parts.inputs();
  }

  /** Null unless it has several encodings. */
  final Parts<E, R> parts() {
    return parts;
  }

  /** What the model says, or null. */
  public final R result() {
    return result;
  }

  /** Why there is no result, or null; null beside a null result where the text is skipped. */
  public final Failure failure() {
    return failure;
  }

  /** Number of tokens; 0 where it is not for the engine. */
  public final int tokens() {
    if (parts != null) {
      return parts.tokens();
    }
    return encoding == null ? 0 : encoding.length();
  }

  @Override
  public final E back(TaskDecoder<R> decoder) {
    return self();
  }

  @Override
  public final Encoding encoding() {
    return encoding;
  }

  @Override
  public final long acceptedNanos() {
    return acceptedNanos;
  }

  @Override
  public final void startAttempt() {
    attempts++;
  }

  @Override
  public final int attempts() {
    return attempts;
  }

  @Override
  public final void complete(R value) {
    result = value;
    failure = null;
  }

  @Override
  public final void fail(Failure why) {
    failure = why;
  }
}
