package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.Objects;

/**
 * Whether a text, the premise, entails a second one, the hypothesis, contradicts it, or neither:
 * the softmax over the model's labels.
 *
 * @param order {@link PairOrder#TEXT_FIRST} where the record's text is the premise and models read
 *     the premise first, as nearly all do
 */
public record NaturalLanguageInferenceTask(PairOrder order) implements Task<Classification> {

  private static final long serialVersionUID = 1L;

  public NaturalLanguageInferenceTask {
    Objects.requireNonNull(order, "order");
  }

  /** The record's text is the premise, its second text the hypothesis. */
  public NaturalLanguageInferenceTask() {
    this(PairOrder.TEXT_FIRST);
  }

  @Override
  public InputForm form() {
    return PairForm.of(order);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    InferenceLabels labels = InferenceLabels.of(model);
    ScoreDecoder rows =
        new ScoreDecoder(
            Logits.of(model, "", 2, labels.names()).scores(ScoreFunction.SOFTMAX),
            WindowMerge.MAX,
            scores -> Scores.rank(labels.names(), scores, scores.length));
    return new InferenceDecoder(rows, labels);
  }
}
