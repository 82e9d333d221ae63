package io.flinkinference.tools.parity;

import java.util.Arrays;
import java.util.List;

/**
 * Which texts are nearest to each other by two models. Each pair of texts is looked at once, for
 * both texts and both models: their number grows with the square of the texts.
 */
final class Neighbours {

  /** Which of two texts that are equally near comes first is no decision. */
  private static final double TIE = 0.02;

  /**
   * Some models say nearly the same of all texts, and 0.02 is all of what lies between them: of how
   * far the nearest stands out from the mean, a tie is this share at most.
   */
  private static final double SHARE = 0.5;

  /** Equal vectors have similarities that differ by so much. */
  private static final double ROUNDING = 1e-6;

  /** By the original: how near the nearest text is. */
  private final double[] nearest;

  /** By the original: how near all other texts are, added. */
  private final double[] sum;

  /** By the other model: how near the nearest text is. */
  private final double[] otherNearest;

  /** By the original: how near the text is that is nearest by the other model. */
  private final double[] chosen;

  private Neighbours(int texts) {
    nearest = filled(texts, Double.NEGATIVE_INFINITY);
    sum = new double[texts];
    otherNearest = filled(texts, Double.NEGATIVE_INFINITY);
    // Where no similarity is a number nothing is chosen, and nothing agrees.
    chosen = filled(texts, Double.NaN);
  }

  /**
   * How many texts have the same nearest text by both, or one that is as near but for 0.02, or for
   * half of how far the nearest stands out from the mean of all texts if that is less.
   *
   * @param done called with each text whose neighbours are known
   */
  static int kept(List<VectorAnswer> original, List<VectorAnswer> other, Runnable done) {
    int texts = original.size();
    Neighbours neighbours = new Neighbours(texts);
    for (int i = 0; i < texts; i++) {
      for (int j = i + 1; j < texts; j++) {
        double near = original.get(i).cosine(original.get(j));
        double otherNear = other.get(i).cosine(other.get(j));
        neighbours.see(i, near, otherNear);
        neighbours.see(j, near, otherNear);
      }
      done.run();
    }
    return neighbours.agreed();
  }

  private void see(int text, double near, double otherNear) {
    nearest[text] = near > nearest[text] ? near : nearest[text];
    sum[text] += near;
    if (otherNear > otherNearest[text]) {
      otherNearest[text] = otherNear;
      chosen[text] = near;
    }
  }

  private int agreed() {
    int agreed = 0;
    for (int i = 0; i < nearest.length; i++) {
      agreed += chosen[i] >= nearest[i] - tie(i) ? 1 : 0;
    }
    return agreed;
  }

  private double tie(int text) {
    double mean = sum[text] / (nearest.length - 1);
    return Math.max(ROUNDING, Math.min(TIE, SHARE * (nearest[text] - mean)));
  }

  private static double[] filled(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }
}
