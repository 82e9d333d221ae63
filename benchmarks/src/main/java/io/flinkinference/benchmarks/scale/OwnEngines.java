package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.ModelTask;
import io.flinkinference.benchmarks.flink.WiredInference;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.BatchOptions;
import java.time.Duration;

/** The operator as it is, but that each subtask loads an engine of its own. */
final class OwnEngines {

  private static final int MOST_TOKENS_OF_A_BATCH = 4_096;

  private OwnEngines() {}

  /** The step; the cores are shared out evenly among the engines. */
  static Step step(String id, Model model, int parallelism) {
    int concurrency = Math.max(1, Runtime.getRuntime().availableProcessors() / parallelism);
    return WiredInference.step(
        "inference with engines of their own",
        false,
        new BatchOptions(
            BatchOptions.Mode.MEASURED, MOST_TOKENS_OF_A_BATCH, Duration.ZERO, Duration.ZERO, true),
        new Opener(id, concurrency),
        ModelTask.of(model));
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
