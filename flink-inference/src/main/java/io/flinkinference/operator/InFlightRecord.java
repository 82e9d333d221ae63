package io.flinkinference.operator;

import io.flinkinference.batch.Failure;
import io.flinkinference.task.Parts;
import io.flinkinference.task.RecordEntry;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A record between acceptance and emission. One with a single encoding is itself what waits for the
 * engine; of one with several these wait, as its parts.
 *
 * <p><b>Thread safety:</b> result, failure and attempts are written by engine threads, one at a
 * time, and read by the mailbox thread after the mail that brings the batch back; the rest is the
 * mailbox thread's alone.
 */
final class InFlightRecord<IN, R> extends InFlight
    implements RecordEntry<InFlightRecord<IN, R>, R> {

  private final StreamRecord<IN> input;
  private final Encoding encoding; // Null where there are parts, or nothing for the engine.
  private final Parts<InFlightRecord<IN, R>, R> parts; // Null unless there are several encodings.

  private R result;
  private Failure failure;
  private int attempts;

  private long acceptedNanos;
  private boolean done;
  // Those that get this one's result are a list: this one has its head, and each of them the next.
  private InFlightRecord<IN, R> firstFollower;
  private InFlightRecord<IN, R> nextFollower;

  /**
   * @param encoding token ids, or null for a record that never reaches the engine
   */
  InFlightRecord(StreamRecord<IN> input, Encoding encoding) {
    this.input = input;
    this.encoding = encoding;
    this.parts = null;
  }

  /**
   * @param inputs the windows of each of its inputs
   */
  InFlightRecord(StreamRecord<IN> input, List<List<Window>> inputs) {
    this.input = input;
    this.encoding = null;
    this.parts = new Parts<>(this, inputs);
  }

  /** Says when it was accepted, by {@link System#nanoTime}. */
  void accept(long nanos) {
    acceptedNanos = nanos;
  }

  StreamRecord<IN> input() {
    return input;
  }

  /** Its token ids in all, by which equal texts are told; null if it never reaches the engine. */
  Object tokenIds() {
    return parts == null ? encoding : parts.inputs();
  }

  /** Null unless it has several encodings. */
  Parts<InFlightRecord<IN, R>, R> parts() {
    return parts;
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
    nextFollower = leader.firstFollower;
    leader.firstFollower = this;
  }

  /** The first of the records that follow this one, or null. */
  InFlightRecord<IN, R> firstFollower() {
    return firstFollower;
  }

  /** The next of the records that follow the same one as this does, or null. */
  InFlightRecord<IN, R> nextFollower() {
    return nextFollower;
  }

  /** Takes over what became of the record that this one follows. */
  void takeOver(InFlightRecord<IN, R> leader) {
    result = leader.result;
    failure = leader.failure;
  }

  @Override
  public InFlightRecord<IN, R> back(TaskDecoder<R> decoder) {
    return this;
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
    if (parts != null) {
      return parts.tokens();
    }
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
