package io.flinkinference.benchmarks.operator;

import io.flinkinference.InferenceOptions;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.operator.CacheOptions;
import io.flinkinference.operator.InferenceOperatorFactory;
import io.flinkinference.operator.InferenceSpec;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Embedding;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.util.OutputTag;

/** The ways of a record that are compared. Each makes one result of it, without any work. */
final class Steps {

  /** In flight at once, the operator's default, also for Flink's async operator. */
  private static final int CAPACITY = 1_024;

  private static final int MAX_TOKENS = 131_072;
  private static final int TOKEN_BUDGET = 256;
  private static final int MAX_FAILURES = 64;
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
    OperatorOptions options =
        new OperatorOptions(
            ordered,
            CAPACITY,
            MAX_TOKENS,
            BatchOptions.fixed(TOKEN_BUDGET),
            new TextPolicy(BlankText.DEAD_LETTER, LongText.TRUNCATE),
            MAX_FAILURES,
            InferenceOptions.OPEN_LIMIT.defaultValue(),
            CacheOptions.NONE);
    return texts ->
        texts.transform(
            "inference without an engine",
            ResultTypes.scored(Types.STRING, ResultTypes.EMBEDDING),
            new InferenceOperatorFactory<>(
                new InferenceSpec<String, Embedding>(
                    text -> text,
                    new NullModel(lengths),
                    model -> (batch, row, outputs) -> NOTHING,
                    options,
                    new OutputTag<>("dead-letters", ResultTypes.deadLetter(Types.STRING)))));
  }
}
