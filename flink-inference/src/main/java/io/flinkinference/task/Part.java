package io.flinkinference.task;

import io.flinkinference.batch.Failure;
import io.flinkinference.text.Encoding;

/**
 * One of the several encodings of a record, which waits, runs and fails by itself.
 *
 * <p><b>Thread safety:</b> that of {@link io.flinkinference.batch.Entry}; {@link #back} belongs to
 * the threads that {@link Parts} names.
 */
final class Part<E extends RecordEntry<E, R>, R> implements RecordEntry<E, R> {

  private final Parts<E, R> whole;
  private final Encoding encoding;
  private Object kept; // Of the decoder's own type.
  private Failure failure;
  private int attempts;

  Part(Parts<E, R> whole, Encoding encoding) {
    this.whole = whole;
    this.encoding = encoding;
  }

  Object kept() {
    return kept;
  }

  Failure failure() {
    return failure;
  }

  @Override
  public E back(TaskDecoder<R> decoder) {
    return whole.back(this, decoder);
  }

  @Override
  public boolean isPart() {
    return true;
  }

  @Override
  public boolean isObsolete() {
    return whole.hasFailed();
  }

  @Override
  public Encoding encoding() {
    return encoding;
  }

  @Override
  public long acceptedNanos() {
    return whole.record().acceptedNanos();
  }

  @Override
  public void startAttempt() {
    attempts++;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public void complete(R value) {
    throw new IllegalStateException("A part of a record has no result of its own.");
  }

  @Override
  public void completePart(Object part) {
    kept = part;
    failure = null;
  }

  @Override
  public void fail(Failure why) {
    failure = why;
  }
}
