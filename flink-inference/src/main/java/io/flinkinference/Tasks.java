package io.flinkinference;

import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.ClassificationTask;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.task.LabelDescription;
import io.flinkinference.task.TokenClassificationTask;
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
   * Parts of the text that have a label, such as names and places, by a token classification model.
   * Only the beginning of a text that the model cannot take whole is looked at.
   *
   * @param aggregation how the labels of tokens become entities
   * @see TokenClassificationTask
   */
  public static InferenceTask<Entities> tokenClassification(Aggregation aggregation) {
    return new InferenceTask<>(
        new TokenClassificationTask(aggregation, false), ResultTypes.ENTITIES);
  }

  /**
   * The same, with the text in which each of these parts is replaced by its label in brackets. A
   * text that the model cannot take whole is a dead letter: nobody looked at its end.
   *
   * @param aggregation how the labels of tokens become entities; not NONE
   */
  public static InferenceTask<Entities> redaction(Aggregation aggregation) {
    return new InferenceTask<>(
        new TokenClassificationTask(aggregation, true), ResultTypes.ENTITIES);
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
    return zeroShot(labelToDescription, temperature, Integer.MAX_VALUE);
  }

  /**
   * Labels that the model was not trained on, the best of them.
   *
   * @param labelToDescription a description in words for each label, at least one
   * @param temperature above 0; the lower, the more the best label takes of the score. 0.05 is a
   *     start.
   * @param topK most labels in a result, at least 1
   * @see ZeroShotTask
   */
  public static InferenceTask<Classification> zeroShot(
      Map<String, String> labelToDescription, double temperature, int topK) {
    List<LabelDescription> labels =
        labelToDescription.entrySet().stream()
            .map(label -> new LabelDescription(label.getKey(), label.getValue()))
            .toList();
    return new InferenceTask<>(
        new ZeroShotTask(labels, temperature, topK), ResultTypes.CLASSIFICATION);
  }
}
