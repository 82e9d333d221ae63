package io.flinkinference.tools.parity;

import io.flinkinference.result.Classification;
import java.util.List;

/**
 * The only score that a model gives a text, without a sigmoid: of a cross-encoder that would be
 * nearly 0 for all texts that are not what is looked for, and hide how it ranks them.
 *
 * @param score as the model gives it
 * @param variance of its scores over all texts
 */
record ScoreAnswer(float score, double variance) implements Answer {

  /** The answers to all texts, each of one score. */
  static List<Answer> all(List<Classification> results) {
    double mean = results.stream().mapToDouble(ScoreAnswer::score).average().orElse(0);
    double variance =
        results.stream()
            .mapToDouble(result -> (score(result) - mean) * (score(result) - mean))
            .average()
            .orElse(0);
    return results.stream()
        .<Answer>map(result -> new ScoreAnswer(score(result), variance))
        .toList();
  }

  private static float score(Classification result) {
    return result.top().score();
  }

  /** A score alone decides nothing: that takes a threshold, or other texts. */
  @Override
  public String label() {
    return "";
  }

  /**
   * {@code 1 - (a - b)^2 / 2v}, with this model's variance v: what a cosine is to the second order,
   * if the spread of the scores stands for the length of the vector. At least -1; where all scores
   * of this model are one, any other is as far as can be.
   */
  @Override
  public double similarity(Answer other) {
    return other instanceof ScoreAnswer scored ? similarity(scored.score) : 0;
  }

  private double similarity(float other) {
    double distance = (double) score - other;
    return distance == 0 ? 1 : Math.max(-1, 1 - distance * distance / (2 * variance));
  }
}
