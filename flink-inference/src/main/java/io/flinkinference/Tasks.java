package io.flinkinference;

import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Results;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.ClassificationHeadTask;
import io.flinkinference.task.ClassificationTask;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.task.LabelDescription;
import io.flinkinference.task.NaturalLanguageInferenceTask;
import io.flinkinference.task.NearestTask;
import io.flinkinference.task.ReferenceTexts;
import io.flinkinference.task.RerankTask;
import io.flinkinference.task.SeveralTask;
import io.flinkinference.task.Task;
import io.flinkinference.task.TokenClassificationTask;
import io.flinkinference.task.ZeroShotByInferenceTask;
import io.flinkinference.task.ZeroShotTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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
   * Parts of the text that have a label, such as names and places, by a token classification model.
   * Of a text that the model cannot take whole, what {@code inference.text.too-long} leaves is
   * looked at.
   *
   * @param aggregation how the labels of tokens become entities
   * @see TokenClassificationTask
   */
  public static InferenceTask<Entities> tokenClassification(Aggregation aggregation) {
    return tokenClassification(new TokenClassificationTask(aggregation, false));
  }

  /**
   * The same, with the text in which each of these parts is replaced by its label in brackets. A
   * text of which something would be cut off is a dead letter: nobody looked at that.
   *
   * @param aggregation how the labels of tokens become entities; not NONE
   */
  public static InferenceTask<Entities> redaction(Aggregation aggregation) {
    return tokenClassification(new TokenClassificationTask(aggregation, true));
  }

  /**
   * Parts of the text that have a label, with other settings.
   *
   * @param task such as {@code new TokenClassificationTask(Aggregation.SIMPLE,
   *     false).withThreshold(0.8)}
   */
  public static InferenceTask<Entities> tokenClassification(TokenClassificationTask task) {
    return new InferenceTask<>(task, ResultTypes.ENTITIES);
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

  /**
   * How well each text answers a query that its record has as its second text, by a cross-encoder;
   * between 0 and 1.
   *
   * @see RerankTask
   */
  public static InferenceTask<Classification> rerank() {
    return rerank(new RerankTask());
  }

  /**
   * How well each text answers a query, by a cross-encoder.
   *
   * @param task such as {@code new RerankTask().withQuery("late deliveries")}
   */
  public static InferenceTask<Classification> rerank(RerankTask task) {
    return new InferenceTask<>(task, ResultTypes.CLASSIFICATION);
  }

  /**
   * Whether each text entails the second text of its record, contradicts it, or neither.
   *
   * @see NaturalLanguageInferenceTask
   */
  public static InferenceTask<Classification> naturalLanguageInference() {
    return naturalLanguageInference(new NaturalLanguageInferenceTask());
  }

  /** Whether one text entails another, with other settings. */
  public static InferenceTask<Classification> naturalLanguageInference(
      NaturalLanguageInferenceTask task) {
    return new InferenceTask<>(task, ResultTypes.CLASSIFICATION);
  }

  /**
   * Labels that the model was not trained on, judged by a model for natural-language inference.
   *
   * @param labels at least one
   * @param hypothesisTemplate what each label makes, as in {@code "This text is about {}."}
   * @param multiLabel whether several labels, or none, may fit a text
   * @see ZeroShotByInferenceTask
   */
  public static InferenceTask<Classification> zeroShotByInference(
      List<String> labels, String hypothesisTemplate, boolean multiLabel) {
    return new InferenceTask<>(
        new ZeroShotByInferenceTask(labels, hypothesisTemplate, multiLabel),
        ResultTypes.CLASSIFICATION);
  }

  /**
   * The names whose reference texts a text is nearest to, by the cosine of an embedding model.
   *
   * @param nameToTexts at least one text for each name
   * @param threshold names with a lower cosine are left out; a result may have none then
   * @param most names in a result, at least 1
   * @see NearestTask
   */
  public static InferenceTask<Classification> nearest(
      Map<String, List<String>> nameToTexts, double threshold, int most) {
    List<ReferenceTexts> names =
        nameToTexts.entrySet().stream()
            .map(name -> new ReferenceTexts(name.getKey(), name.getValue()))
            .toList();
    return nearest(new NearestTask(names).withThreshold(threshold).withMost(most));
  }

  /** The names whose reference texts a text is nearest to, with other settings. */
  public static InferenceTask<Classification> nearest(NearestTask task) {
    return new InferenceTask<>(task, ResultTypes.CLASSIFICATION);
  }

  /**
   * The labels of one of several heads of a graph.
   *
   * @see ClassificationHeadTask
   */
  public static InferenceTask<Classification> classificationHead(ClassificationHeadTask task) {
    return new InferenceTask<>(task, ResultTypes.CLASSIFICATION);
  }

  /**
   * Several tasks on one run of the model, their results side by side.
   *
   * @param tasks at least one, by the names of their results; a {@link LinkedHashMap} gives the
   *     results in its order, any other map in that of the names
   * @throws IllegalArgumentException if they do not read the same input
   * @see SeveralTask
   */
  public static InferenceTask<Results> several(Map<String, ? extends InferenceTask<?>> tasks) {
    // Results of a restored job are read in the order in which the job before had them.
    Map<String, InferenceTask<?>> ordered =
        tasks instanceof LinkedHashMap ? new LinkedHashMap<>(tasks) : new TreeMap<>(tasks);
    Map<String, Task<?>> named = new LinkedHashMap<>();
    List<TypeInformation<?>> types = new ArrayList<>();
    ordered.forEach(
        (name, task) -> {
          named.put(name, task.task());
          types.add(task.resultType());
        });
    return new InferenceTask<>(
        new SeveralTask(named), ResultTypes.results(types), new LinkedHashMap<>(ordered));
  }
}
