package io.flinkinference.task;

import io.flinkinference.model.ModelException;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Locale;

/**
 * The labels of a model for natural-language inference.
 *
 * @param names in the order of their ids
 * @param entailment id of the label whose name begins with "entail"
 */
record InferenceLabels(List<String> names, int entailment) {

  /**
   * Finds them in the model's directory.
   *
   * @throws ModelException if there is no label of entailment
   */
  static InferenceLabels of(LoadedModel model) {
    List<String> names = model.model().config().labels();
    for (int id = 0; id < names.size(); id++) {
      if (names.size() > 1 && names.get(id).toLowerCase(Locale.ROOT).startsWith("entail")) {
        return new InferenceLabels(names, id);
      }
    }
    throw new ModelException(
        "Model '"
            + model.model().name()
            + "' is not known to judge whether a text entails another: of its labels "
            + names
            + " none begins with \"entail\", or there is no other. If it is such a model, name its"
            + " labels in id2label of its config.json.");
  }

  /** As transformers chooses it: the last label, where entailment is the first, else the first. */
  int contradiction() {
    return entailment == 0 ? names.size() - 1 : 0;
  }
}
