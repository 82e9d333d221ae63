package io.flinkinference.benchmarks.flink;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.operator.CacheOptions;
import io.flinkinference.operator.InferenceOperatorFactory;
import io.flinkinference.operator.InferenceSpec;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.task.TextPrefix;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/**
 * The project's operator with its defaults, but for what opens the model, and without a prompt
 * before a text.
 */
public final class WiredInference {

  private static final TextPolicy NO_PROMPT =
      new TextPolicy(
          TextPolicy.DEFAULT.blank(),
          TextPolicy.DEFAULT.tooLong(),
          new TextPrefix("", null),
          TextPolicy.DEFAULT.windows());

  private WiredInference() {}

  /**
   * The step.
   *
   * @param name of the operator
   */
  public static <R> InMemoryJob.Step step(
      String name,
      boolean ordered,
      BatchOptions batching,
      ModelOpener opener,
      InferenceTask<R> task) {
    OperatorOptions options =
        new OperatorOptions(
            ordered,
            InferenceOptions.MAX_RECORDS_IN_FLIGHT.defaultValue(),
            InferenceOptions.MAX_TOKENS_IN_FLIGHT.defaultValue(),
            batching,
            NO_PROMPT,
            InferenceOptions.MAX_CONSECUTIVE_FAILURES.defaultValue(),
            InferenceOptions.OPEN_LIMIT.defaultValue(),
            CacheOptions.NONE);
    InferenceSpec<String, R> spec =
        new InferenceSpec<>(
            text -> text,
            opener,
            task.task(),
            options,
            new OutputTag<>("dead-letters", ResultTypes.deadLetter(Types.STRING)));
    return texts ->
        texts.transform(
            name,
            ResultTypes.scored(Types.STRING, task.resultType()),
            new InferenceOperatorFactory<>(spec));
  }
}
