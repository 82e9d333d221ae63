package io.flinkinference.tools.parity;

import java.util.List;

/**
 * How near the answers of one model are to those of another.
 *
 * @param texts that both were asked about
 * @param minCosine of the answers that differ most
 * @param meanCosine over all texts
 * @param agreement share of texts with the same decision: the best label, the entities, or, where
 *     the answer is a vector, the nearest of the other texts
 */
public record Parity(int texts, double minCosine, double meanCosine, double agreement) {

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
      agreed += decision(original, i).equals(decision(other, i)) ? 1 : 0;
    }
    int texts = original.size();
    return new Parity(texts, min, sum / texts, (double) agreed / texts);
  }

  private static String decision(List<Answer> answers, int index) {
    Answer answer = answers.get(index);
    if (!answer.label().isEmpty() || answers.size() == 1) {
      return answer.label();
    }
    int nearest = -1;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < answers.size(); i++) {
      double similarity = i == index ? Double.NEGATIVE_INFINITY : answer.similarity(answers.get(i));
      if (similarity > best) {
        best = similarity;
        nearest = i;
      }
    }
    return Integer.toString(nearest);
  }
}
