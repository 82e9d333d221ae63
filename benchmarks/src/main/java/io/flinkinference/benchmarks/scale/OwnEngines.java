package io.flinkinference.benchmarks.scale;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.ModelTask;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.operator.CacheOptions;
import io.flinkinference.operator.InferenceOperatorFactory;
import io.flinkinference.operator.InferenceSpec;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.OutputTag;

/** The operator as it is, but that each subtask loads an engine of its own. */
final class OwnEngines {

  // The operator's defaults.
  private static final int CAPACITY = 1_024;
  private static final int MAX_TOKENS = 131_072;
  private static final int MOST_TOKENS_OF_A_BATCH = 4_096;
  private static final int MAX_FAILURES = 64;

  private OwnEngines() {}

  /** The step; the cores are shared out evenly among the engines. */
  static Step step(String id, Model model, int parallelism) {
    int concurrency = Math.max(1, Runtime.getRuntime().availableProcessors() / parallelism);
    return texts -> score(texts, new Opener(id, concurrency), ModelTask.of(model));
  }

  private static <R> DataStream<?> score(
      DataStream<String> texts, Opener opener, InferenceTask<R> task) {
    OperatorOptions options =
        new OperatorOptions(
            false,
            CAPACITY,
            MAX_TOKENS,
            new BatchOptions(
                BatchOptions.Mode.MEASURED,
                MOST_TOKENS_OF_A_BATCH,
                Duration.ZERO,
                Duration.ZERO,
                true),
            new TextPolicy(BlankText.DEAD_LETTER, LongText.TRUNCATE),
            MAX_FAILURES,
            InferenceOptions.OPEN_LIMIT.defaultValue(),
            CacheOptions.NONE);
    return texts.transform(
        "inference with engines of their own",
        ResultTypes.scored(Types.STRING, task.resultType()),
        new InferenceOperatorFactory<>(
            new InferenceSpec<String, R>(
                text -> text,
                opener,
                task.task(),
                options,
                new OutputTag<>("dead-letters", ResultTypes.deadLetter(Types.STRING)))));
  }

  private record Opener(String id, int concurrency) implements ModelOpener {

    @Override
    public ModelLease open() {
      Model model = ModelRepositories.standard().resolve(id);
      LoadedModel loaded = Models.load(model, concurrency);
      return new ModelLease(loaded, loaded::close);
    }
  }
}
