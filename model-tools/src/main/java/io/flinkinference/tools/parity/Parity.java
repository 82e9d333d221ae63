package io.flinkinference.tools.parity;

import java.util.List;

/**
 * How near the answers of one model are to those of another.
 *
 * @param texts that both were asked about
 * @param minCosine of the answers that differ most
 * @param meanCosine over all texts
 * @param agreement share of texts with the same decision: the best label, or, where the answer is a
 *     vector, the nearest of the other texts, or one that is as near but for 0.02 or less; where
 *     tokens are classified, the mean share of a text's tokens with the same best label; of single
 *     scores, which decide nothing, 1
 */
public record Parity(int texts, double minCosine, double meanCosine, double agreement) {

  /**
   * Compares answers to the same texts in the same order.
   *
   * @param done called with each text that is compared
   * @throws IllegalArgumentException if there are none, or not equally many
   */
  public static Parity of(List<Answer> original, List<Answer> other, Runnable done) {
    if (original.isEmpty() || original.size() != other.size()) {
      throw new IllegalArgumentException(
          "There are %d answers and %d; compare those to the same texts."
              .formatted(original.size(), other.size()));
    }
    double min = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < original.size(); i++) {
      double similarity = original.get(i).similarity(other.get(i));
      // A number that is none must not pass as good.
      min = Math.min(min, Double.isNaN(similarity) ? -1 : similarity);
      sum += Double.isNaN(similarity) ? -1 : similarity;
    }
    int texts = original.size();
    return new Parity(texts, min, sum / texts, agreed(original, other, done) / texts);
  }

  private static double agreed(List<Answer> original, List<Answer> other, Runnable done) {
    List<VectorAnswer> vectors = vectors(original);
    List<VectorAnswer> otherVectors = vectors(other);
    int texts = original.size();
    // A single text has no neighbours.
    if (texts > 1 && vectors.size() == texts && otherVectors.size() == texts) {
      return Neighbours.kept(vectors, otherVectors, done);
    }
    double agreed = 0;
    for (int i = 0; i < texts; i++) {
      agreed += original.get(i).agreement(other.get(i));
      done.run();
    }
    return agreed;
  }

  private static List<VectorAnswer> vectors(List<Answer> answers) {
    return answers.stream()
        .filter(VectorAnswer.class::isInstance)
        .map(VectorAnswer.class::cast)
        .toList();
  }
}
