package io.flinkinference.tools.parity;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Labels.
 *
 * @param scores of labels
 * @param label the decision
 */
record LabelAnswer(Map<String, Float> scores, String label) implements Answer {

  LabelAnswer {
    scores = Map.copyOf(scores);
  }

  /** The cosine of the angle between scores. */
  @Override
  public double similarity(Answer other) {
    return other instanceof LabelAnswer labels ? similarity(labels) : 0;
  }

  private double similarity(LabelAnswer other) {
    Set<String> keys = new HashSet<>(scores.keySet());
    keys.addAll(other.scores.keySet());
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (String key : keys) {
      double one = score(key);
      double two = other.score(key);
      product += one * two;
      squares += one * one;
      otherSquares += two * two;
    }
    double lengths = Math.sqrt(squares) * Math.sqrt(otherSquares);
    return lengths == 0 ? 0 : Math.min(1, product / lengths);
  }

  private float score(String key) {
    return scores.getOrDefault(key, 0f);
  }
}
