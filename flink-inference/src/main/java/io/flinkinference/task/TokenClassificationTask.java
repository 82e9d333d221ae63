package io.flinkinference.task;

import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.Entities;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Objects;

/**
 * The entities of a text, by a token classification model: names, places, personal data.
 *
 * @param aggregation how the labels of tokens become entities
 * @param redact whether the result also has the text without them
 */
public record TokenClassificationTask(Aggregation aggregation, boolean redact)
    implements Task<Entities> {

  private static final String LOGITS = "logits";
  private static final int RANK = 3;

  public TokenClassificationTask {
    Objects.requireNonNull(aggregation, "aggregation");
    if (redact && aggregation == Aggregation.NONE) {
      throw new IllegalArgumentException(
          "A text is redacted by its entities, but with the aggregation NONE there are only tokens."
              + " Set another one, such as SIMPLE.");
    }
  }

  @Override
  public boolean needsSpans() {
    return true;
  }

  @Override
  public TaskDecoder<Entities> open(LoadedModel model) {
    String name = model.model().name();
    List<String> labels = model.model().config().labels();
    if (labels.isEmpty()) {
      throw new ModelException(
          "Model '" + name + "' has no labels. Add id2label to its config.json.");
    }
    TensorSpec output = logits(name, model.engine().outputs());
    long declared = output.shape().get(RANK - 1);
    if (declared >= 0 && declared != labels.size()) {
      throw new ModelException(
          "The graph of model '%s' scores %d labels, and id2label in its config.json names %d. Make them the same."
              .formatted(name, declared, labels.size()));
    }
    return new TokenClassificationDecoder(
        output.name(),
        labels.size(),
        new EntityReader(labels, aggregation),
        model.engine().padsLeft(),
        redact);
  }

  private static TensorSpec logits(String model, List<TensorSpec> outputs) {
    return outputs.stream()
        .filter(output -> output.rank() == RANK)
        .filter(output -> output.name().equals(LOGITS) || outputs.size() == 1)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "Model '"
                        + model
                        + "' is no token classifier: it should give logits [batch, tokens, labels];"
                        + " its outputs are "
                        + outputs
                        + "."));
  }
}
