package io.flinkinference.benchmarks.flink;

import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.model.Model;

/** What is asked of a model: its labels where it has some, else a vector. */
public final class ModelTask {

  private ModelTask() {}

  /** Whether the model classifies. */
  public static boolean hasLabels(Model model) {
    return !model.config().labels().isEmpty();
  }

  /** The task that suits the model. */
  public static InferenceTask<?> of(Model model) {
    return hasLabels(model) ? Tasks.textClassification() : Tasks.embedding();
  }
}
