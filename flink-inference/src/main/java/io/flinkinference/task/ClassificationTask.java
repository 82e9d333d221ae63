package io.flinkinference.task;

import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ProblemType;
import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;

/**
 * The labels of a sequence classification model, ranked by their scores.
 *
 * <p>The scores are made as the text-classification pipeline of transformers makes them: the raw
 * values for {@code problem_type} regression; a sigmoid each for multi_label_classification and for
 * models of a single label; else the softmax over all labels.
 *
 * @param topK most labels in a result, at least 1
 */
public record ClassificationTask(int topK) implements Task<Classification> {

  private static final String LOGITS = "logits";

  public ClassificationTask {
    if (topK < 1) {
      throw new IllegalArgumentException("topK is at least 1, not " + topK + ".");
    }
  }

  /** All labels. */
  public ClassificationTask() {
    this(Integer.MAX_VALUE);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    ModelConfig config = model.model().config();
    String name = model.model().name();
    if (config.labels().isEmpty()) {
      throw new ModelException(
          "Model '" + name + "' has no labels. Add id2label to its config.json.");
    }
    TensorSpec output = logits(name, model.engine().outputs());
    long declared = output.shape().get(1);
    if (declared >= 0 && declared != config.labels().size()) {
      throw new ModelException(
          "The graph of model '"
              + name
              + "' scores "
              + declared
              + " labels, and id2label in its config.json names "
              + config.labels().size()
              + ". Make them the same.");
    }
    ScoreFunction function = scoreFunction(config.problemType(), config.labels().size());
    return new ClassificationDecoder(output.name(), config.labels(), function, topK);
  }

  private static TensorSpec logits(String model, List<TensorSpec> outputs) {
    return outputs.stream()
        .filter(output -> output.rank() == 2)
        .filter(output -> output.name().equals(LOGITS) || outputs.size() == 1)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "Model '"
                        + model
                        + "' is no text classifier: it should give logits [batch, labels]; its"
                        + " outputs are "
                        + outputs
                        + "."));
  }

  private static ScoreFunction scoreFunction(ProblemType problemType, int labels) {
    if (problemType == ProblemType.REGRESSION) {
      return ScoreFunction.RAW;
    }
    return problemType == ProblemType.MULTI_LABEL || labels == 1
        ? ScoreFunction.SIGMOID
        : ScoreFunction.SOFTMAX;
  }
}
