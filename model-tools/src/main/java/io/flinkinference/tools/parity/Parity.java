package io.flinkinference.tools.parity;

import java.util.List;

/**
 * How near the answers of one model are to those of another.
 *
 * @param texts that both were asked about
 * @param minCosine of the answers that differ most
 * @param meanCosine over all texts
 * @param agreement share of texts with the same decision: the best label, the entities, or, where
 *     the answer is a vector, the nearest of the other texts, or one that is as near but for 0.02
 */
public record Parity(int texts, double minCosine, double meanCosine, double agreement) {

  /** Which of two texts that are equally near comes first is no decision. */
  private static final double TIE = 0.02;

  /**
   * Compares answers to the same texts in the same order.
   *
   * @throws IllegalArgumentException if there are none, or not equally many
   */
  public static Parity of(List<Answer> original, List<Answer> other) {
    if (original.isEmpty() || original.size() != other.size()) {
      throw new IllegalArgumentException(
          "There are %d answers and %d; compare those to the same texts."
              .formatted(original.size(), other.size()));
    }
    double min = Double.POSITIVE_INFINITY;
    double sum = 0;
    int agreed = 0;
    for (int i = 0; i < original.size(); i++) {
      double similarity = original.get(i).similarity(other.get(i));
      // A number that is none must not pass as good.
      min = Math.min(min, Double.isNaN(similarity) ? -1 : similarity);
      sum += Double.isNaN(similarity) ? -1 : similarity;
      agreed += agrees(original, other, i) ? 1 : 0;
    }
    int texts = original.size();
    return new Parity(texts, min, sum / texts, (double) agreed / texts);
  }

  private static boolean agrees(List<Answer> original, List<Answer> other, int index) {
    Answer answer = original.get(index);
    if (!answer.label().isEmpty() || original.size() == 1) {
      return answer.label().equals(other.get(index).label());
    }
    double nearest = answer.similarity(original.get(nearest(original, index)));
    double chosen = answer.similarity(original.get(nearest(other, index)));
    return chosen >= nearest - TIE;
  }

  private static int nearest(List<Answer> answers, int index) {
    int nearest = -1;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < answers.size(); i++) {
      double similarity = answers.get(index).similarity(answers.get(i));
      if (i != index && (nearest < 0 || similarity > best)) {
        best = similarity;
        nearest = i;
      }
    }
    return nearest;
  }
}
