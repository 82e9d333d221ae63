package io.flinkinference.benchmarks.operator;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.WiredInference;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Embedding;
import io.flinkinference.task.BatchOptions;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;

/** The ways of a record that are compared. Each makes one result of it, without any work. */
final class Steps {

  /** In flight at once, the operator's default, also for Flink's async operator. */
  private static final int CAPACITY = InferenceOptions.MAX_RECORDS_IN_FLIGHT.defaultValue();

  private static final int TOKEN_BUDGET = 256;
  private static final long TIMEOUT_SECONDS = 60;

  private static final Embedding NOTHING = new Embedding(new float[0]);

  private Steps() {}

  static Step map() {
    return texts -> texts.map(text -> text).returns(Types.STRING);
  }

  static Step async(boolean ordered) {
    return texts ->
        ordered
            ? AsyncDataStream.orderedWait(
                texts, new NullAsync(), TIMEOUT_SECONDS, TimeUnit.SECONDS, CAPACITY)
            : AsyncDataStream.unorderedWait(
                texts, new NullAsync(), TIMEOUT_SECONDS, TimeUnit.SECONDS, CAPACITY);
  }

  /**
   * @param lengths of the texts in tokens
   */
  static Step inference(boolean ordered, int... lengths) {
    return WiredInference.step(
        "inference without an engine",
        ordered,
        BatchOptions.fixed(TOKEN_BUDGET),
        new NullModel(lengths),
        new InferenceTask<Embedding>(
            model -> (batch, row, outputs) -> NOTHING, ResultTypes.EMBEDDING));
  }
}
