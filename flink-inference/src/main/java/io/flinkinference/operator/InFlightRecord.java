package io.flinkinference.operator;

import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.text.Encoding;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A record between acceptance and emission.
 *
 * <p><b>Thread safety:</b> result and failure are written by an engine thread and read by the
 * mailbox thread after the mail that brings the batch back; {@code done} is the mailbox thread's
 * alone.
 */
final class InFlightRecord<IN, R> extends InFlight implements Entry<R> {

  private final StreamRecord<IN> input;
  private final Encoding encoding;
  private final long acceptedNanos;

  private R result;
  private Failure failure;
  private boolean done;

  /**
   * @param encoding token ids, or null for a record that never reaches the engine
   */
  InFlightRecord(StreamRecord<IN> input, Encoding encoding, long acceptedNanos) {
    this.input = input;
    this.encoding = encoding;
    this.acceptedNanos = acceptedNanos;
  }

  StreamRecord<IN> input() {
    return input;
  }

  R result() {
    return result;
  }

  /** Null where there is a result. */
  Failure failure() {
    return failure;
  }

  void markDone() {
    done = true;
  }

  @Override
  public Encoding encoding() {
    return encoding;
  }

  @Override
  public long acceptedNanos() {
    return acceptedNanos;
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

  @Override
  int tokens() {
    return encoding == null ? 0 : encoding.length();
  }

  @Override
  boolean isDone() {
    return done;
  }

  @Override
  boolean isBarrier() {
    return false;
  }
}
