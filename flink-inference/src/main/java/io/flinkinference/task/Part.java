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
  private R result;
  private Failure failure;
  private int attempts;

  Part(Parts<E, R> whole, Encoding encoding) {
    this.whole = whole;
    this.encoding = encoding;
  }

  R result() {
    return result;
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
    result = value;
    failure = null;
  }

  @Override
  public void fail(Failure why) {
    failure = why;
  }
}
