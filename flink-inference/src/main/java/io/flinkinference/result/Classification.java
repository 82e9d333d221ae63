package io.flinkinference.result;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Labels with their scores.
 *
 * @param labels best first; empty only for no text
 */
public record Classification(List<LabelScore> labels) {

  /** Of no text; has no labels. */
  public static final Classification EMPTY = new Classification(List.of());

  public Classification {
    labels = List.copyOf(labels);
  }

  /** Whether it has no labels, as is the case for no text alone. */
  public boolean isEmpty() {
    return labels.isEmpty();
  }

  /**
   * The best label.
   *
   * @throws NoSuchElementException if this is empty
   */
  public LabelScore top() {
    if (labels.isEmpty()) {
      throw new NoSuchElementException(
          "There is no best label: a record without text has none. Ask isEmpty() first.");
    }
    return labels.get(0);
  }
}
