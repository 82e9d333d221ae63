package io.flinkinference.operator;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends records out: with their result, or as dead letters, each with the timestamp that it came
 * with. Owned by the mailbox thread.
 */
final class ResultEmitter<IN, R> {

  private final Output<StreamRecord<Scored<IN, R>>> output;
  private final OutputTag<DeadLetter<IN>> deadLetters;
  private final ModelStamp stamp;
  // Used again for each record, as Flink's own operators do.
  private final StreamRecord<Scored<IN, R>> result = new StreamRecord<>(null);
  private final StreamRecord<DeadLetter<IN>> deadLetter = new StreamRecord<>(null);

  ResultEmitter(
      Output<StreamRecord<Scored<IN, R>>> output,
      OutputTag<DeadLetter<IN>> deadLetters,
      ModelStamp stamp) {
    this.output = output;
    this.deadLetters = deadLetters;
    this.stamp = stamp;
  }

  void emit(InFlightRecord<IN, R> record) {
    IN input = record.input().getValue();
    Failure failure = record.failure();
    if (failure == null) {
      output.collect(stamped(result, record, new Scored<>(input, record.result(), stamp)));
    } else {
      output.collect(
          deadLetters,
          stamped(
              deadLetter,
              record,
              new DeadLetter<>(
                  input,
                  failure.reason(),
                  failure.message(),
                  failure.attempts(),
                  stamp,
                  failure.stackDigest())));
    }
  }

  private <T> StreamRecord<T> stamped(StreamRecord<T> out, InFlightRecord<IN, R> record, T value) {
    StreamRecord<IN> in = record.input();
    if (in.hasTimestamp()) {
      out.replace(value, in.getTimestamp());
    } else {
      out.replace(value);
      out.eraseTimestamp();
    }
    return out;
  }
}
