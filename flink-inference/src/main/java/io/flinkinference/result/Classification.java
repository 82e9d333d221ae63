package io.flinkinference.result;

import java.util.List;

/**
 * Labels with their scores.
 *
 * @param labels best first; at least one
 */
public record Classification(List<LabelScore> labels) {

  public Classification {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("A classification has at least one label.");
    }
  }

  /** The best label. */
  public LabelScore top() {
    return labels.get(0);
  }
}
