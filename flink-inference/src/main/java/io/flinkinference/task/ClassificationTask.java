package io.flinkinference.task;

import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Objects;

/**
 * The labels of a sequence classification model, ranked by their scores.
 *
 * <p>Unless told otherwise, the scores are made as the text-classification pipeline of transformers
 * makes them: the raw values for {@code problem_type} regression; a sigmoid each for
 * multi_label_classification and for models of a single label; else the softmax over all labels.
 *
 * @param topK most labels in a result, at least 1
 * @param threshold labels with a lower score are left out; a result may have none then
 * @param scoring how scores are made
 * @param labels names by their ids, or empty for those of the model
 */
public record ClassificationTask(int topK, double threshold, Scoring scoring, List<String> labels)
    implements Task<Classification> {

  public ClassificationTask {
    if (topK < 1) {
      throw new IllegalArgumentException("topK is at least 1, not " + topK + ".");
    }
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("The threshold is a number, not NaN.");
    }
    Objects.requireNonNull(scoring, "scoring");
    labels = List.copyOf(labels);
  }

  /** All labels. */
  public ClassificationTask() {
    this(Integer.MAX_VALUE);
  }

  /** The best labels. */
  public ClassificationTask(int topK) {
    this(topK, Double.NEGATIVE_INFINITY, Scoring.AS_MODEL, List.of());
  }

  /** The same with another number of labels. */
  public ClassificationTask withTopK(int most) {
    return new ClassificationTask(most, threshold, scoring, labels);
  }

  /** The same without labels of a lower score. */
  public ClassificationTask withThreshold(double least) {
    return new ClassificationTask(topK, least, scoring, labels);
  }

  /** The same with other scores. */
  public ClassificationTask withScoring(Scoring other) {
    return new ClassificationTask(topK, threshold, other, labels);
  }

  /** The same with names of its own, one for each id. */
  public ClassificationTask withLabels(List<String> names) {
    return new ClassificationTask(topK, threshold, scoring, names);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    ModelConfig config = model.model().config();
    List<String> names = labels.isEmpty() ? config.labels() : labels;
    if (names.isEmpty()) {
      throw new ModelException(
          "Model '"
              + model.model().name()
              + "' has no labels. Add id2label to its config.json, or set the labels of the task.");
    }
    ScoreFunction function = scoreFunction(config.problemType(), names.size());
    return new ScoreDecoder(
        Logits.of(model, "", 2, names).scores(function),
        function.merge(),
        scores -> Scores.rank(names, scores, topK, threshold));
  }

  private ScoreFunction scoreFunction(ProblemType problemType, int count) {
    return switch (scoring) {
      case SOFTMAX -> ScoreFunction.SOFTMAX;
      case SIGMOID -> ScoreFunction.SIGMOID;
      case RAW -> ScoreFunction.RAW;
      case AS_MODEL -> ofModel(problemType, count);
    };
  }

  private static ScoreFunction ofModel(ProblemType problemType, int count) {
    if (problemType == ProblemType.REGRESSION) {
      return ScoreFunction.RAW;
    }
    return problemType == ProblemType.MULTI_LABEL || count == 1
        ? ScoreFunction.SIGMOID
        : ScoreFunction.SOFTMAX;
  }
}
