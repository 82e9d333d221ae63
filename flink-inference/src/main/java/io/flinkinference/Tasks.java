package io.flinkinference;

import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.task.ClassificationTask;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.task.LabelDescription;
import io.flinkinference.task.ZeroShotTask;
import java.util.List;
import java.util.Map;

/** What can be asked of a model. */
public final class Tasks {

  private Tasks() {}

  /**
   * A vector for each text, pooled and normalised as the model's directory says.
   *
   * @see EmbeddingTask
   */
  public static InferenceTask<Embedding> embedding() {
    return new InferenceTask<>(new EmbeddingTask(), ResultTypes.EMBEDDING);
  }

  /**
   * A vector for each text, with other settings than the model's.
   *
   * @param task such as {@code new EmbeddingTask().withDimensions(256)}
   */
  public static InferenceTask<Embedding> embedding(EmbeddingTask task) {
    return new InferenceTask<>(task, ResultTypes.EMBEDDING);
  }

  /**
   * All labels of a classification model, ranked by their scores.
   *
   * @see ClassificationTask
   */
  public static InferenceTask<Classification> textClassification() {
    return new InferenceTask<>(new ClassificationTask(), ResultTypes.CLASSIFICATION);
  }

  /**
   * The best labels of a classification model, ranked by their scores.
   *
   * @param topK most labels in a result, at least 1
   */
  public static InferenceTask<Classification> textClassification(int topK) {
    return new InferenceTask<>(new ClassificationTask(topK), ResultTypes.CLASSIFICATION);
  }

  /**
   * Labels of a classification model, with other settings than the model's.
   *
   * @param task such as {@code new ClassificationTask().withThreshold(0.5)}
   */
  public static InferenceTask<Classification> textClassification(ClassificationTask task) {
    return new InferenceTask<>(task, ResultTypes.CLASSIFICATION);
  }

  /**
   * Labels that the model was not trained on, compared with the text by an embedding model.
   *
   * @param labelToDescription a description in words for each label, at least one
   * @param temperature above 0; the lower, the more the best label takes of the score. 0.05 is a
   *     start.
   * @see ZeroShotTask
   */
  public static InferenceTask<Classification> zeroShot(
      Map<String, String> labelToDescription, double temperature) {
    List<LabelDescription> labels =
        labelToDescription.entrySet().stream()
            .map(label -> new LabelDescription(label.getKey(), label.getValue()))
            .toList();
    return new InferenceTask<>(new ZeroShotTask(labels, temperature), ResultTypes.CLASSIFICATION);
  }
}
