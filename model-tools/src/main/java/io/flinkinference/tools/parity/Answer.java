package io.flinkinference.tools.parity;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a model says of a text, in a form in which answers of any task can be compared.
 *
 * @param scores of labels, of labels at their places in the text, or the components of a vector
 * @param label the decision; empty where the task makes none, as for a vector
 */
public record Answer(Map<String, Float> scores, String label) {

  public Answer {
    scores = Map.copyOf(scores);
  }

  /**
   * How near another answer is, at most 1: the cosine of the angle between the scores. Of a single
   * score, which has no direction, 1 less the difference.
   */
  double similarity(Answer other) {
    Set<String> keys = new HashSet<>(scores.keySet());
    keys.addAll(other.scores.keySet());
    if (keys.size() <= 1) {
      return 1 - keys.stream().mapToDouble(key -> Math.abs(score(key) - other.score(key))).sum();
    }
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
