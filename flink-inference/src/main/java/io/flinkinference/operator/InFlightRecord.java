package io.flinkinference.operator;

import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.text.Encoding;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A record between acceptance and emission.
 *
 * <p><b>Thread safety:</b> result, failure and attempts are written by engine threads, one at a
 * time, and read by the mailbox thread after the mail that brings the batch back; the rest is the
 * mailbox thread's alone.
 */
final class InFlightRecord<IN, R> extends InFlight implements Entry<R> {

  private final StreamRecord<IN> input;
  private final Encoding encoding;

  private R result;
  private Failure failure;
  private int attempts;

  private long acceptedNanos;
  private boolean done;
  // The records that get this one's result, or the next of those that get the same as this one.
  private InFlightRecord<IN, R> follower;

  /**
   * @param encoding token ids, or null for a record that never reaches the engine
   */
  InFlightRecord(StreamRecord<IN> input, Encoding encoding) {
    this.input = input;
    this.encoding = encoding;
  }

  /** Says when it was accepted, by {@link System#nanoTime}. */
  void accept(long nanos) {
    acceptedNanos = nanos;
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

  /** Says that this record gets the result of another, which is on its way. */
  void follow(InFlightRecord<IN, R> leader) {
    follower = leader.follower;
    leader.follower = this;
  }

  /** The first of the records that follow this one or, of a follower, the next of them; or null. */
  InFlightRecord<IN, R> follower() {
    return follower;
  }

  /** Takes over what became of the record that this one follows. */
  void takeOver(InFlightRecord<IN, R> leader) {
    result = leader.result;
    failure = leader.failure;
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
