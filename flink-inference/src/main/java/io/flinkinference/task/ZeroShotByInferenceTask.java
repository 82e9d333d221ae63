package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Labels of the user's choice, scored by a model for natural-language inference: each label makes a
 * hypothesis, such as "This example is about economy.", and the model judges whether the text
 * entails it (<a href="https://arxiv.org/abs/1909.00161">Yin et al. 2019</a>). A record is as many
 * inputs of the model as there are labels.
 *
 * <p>Scores are those of the zero-shot-classification pipeline of transformers: the softmax over
 * the labels of their entailment; or, where several labels may fit, of each label the softmax over
 * contradiction and entailment. Where there is one label the second holds in any case.
 *
 * @param labels at least one, each once
 * @param hypothesisTemplate what a label makes, with {@code {}} where its name stands
 * @param multiLabel whether several labels, or none, may fit a text
 */
public record ZeroShotByInferenceTask(
    List<String> labels, String hypothesisTemplate, boolean multiLabel)
    implements Task<Classification> {

  /** As transformers has it. */
  public static final String DEFAULT_TEMPLATE = "This example is {}.";

  private static final long serialVersionUID = 1L;
  private static final String PLACE = "{}";

  public ZeroShotByInferenceTask {
    labels = List.copyOf(labels);
    Objects.requireNonNull(hypothesisTemplate, "hypothesisTemplate");
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("A zero-shot task has at least one label.");
    }
    HashSet<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isBlank() || !seen.add(label)) {
        throw new IllegalArgumentException("The label '" + label + "' is blank or given twice.");
      }
    }
    if (!hypothesisTemplate.contains(PLACE)) {
      throw new IllegalArgumentException(
          "The hypothesis template '"
              + hypothesisTemplate
              + "' has no {} where the label is to stand. Write it like '"
              + DEFAULT_TEMPLATE
              + "'.");
    }
  }

  @Override
  public InputForm form() {
    List<String> hypotheses =
        labels.stream().map(label -> hypothesisTemplate.replace(PLACE, label)).toList();
    return new FixedPairForm(hypotheses, PairOrder.TEXT_FIRST);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    InferenceLabels inference = InferenceLabels.of(model);
    return new EntailmentDecoder(
        Logits.of(model, "", 2, inference.names()),
        inference,
        labels,
        multiLabel || labels.size() == 1);
  }
}
