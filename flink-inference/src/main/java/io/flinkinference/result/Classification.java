package io.flinkinference.result;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Labels with their scores.
 *
 * @param labels best first; empty for no text, or where the task has a threshold that none reaches
 */
public record Classification(List<LabelScore> labels) {

  /** Has no labels. */
  public static final Classification EMPTY = new Classification(List.of());

  public Classification {
    labels = List.copyOf(labels);
  }

  /** Whether it has no labels. */
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
          "There is no best label: there was no text, or none reached the threshold. Ask isEmpty()"
              + " first.");
    }
    return labels.get(0);
  }
}
