package io.flinkinference.result;

import java.util.Objects;

/**
 * A label and how well it fits.
 *
 * @param label name of the label
 * @param score between 0 and 1, unless the task says otherwise
 */
public record LabelScore(String label, float score) {

  public LabelScore {
    Objects.requireNonNull(label, "label");
  }
}
