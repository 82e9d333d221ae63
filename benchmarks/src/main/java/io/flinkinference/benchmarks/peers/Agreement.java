package io.flinkinference.benchmarks.peers;

/**
 * How alike two sides score.
 *
 * @param texts that were compared
 * @param mostDifference between two components of the vectors of a text
 * @param leastCosine between the vectors of a text
 * @param beyond texts with a difference beyond {@link #TOLERANCE}
 */
record Agreement(int texts, double mostDifference, double leastCosine, int beyond) {

  /** Sides whose model does not mind the other texts of a batch differ by less. */
  static final double TOLERANCE = 1e-3;

  /** Compares the vectors of the same texts; what one side has more is left out. */
  static Agreement of(float[][] mine, float[][] theirs) {
    int texts = Math.min(mine.length, theirs.length);
    double most = 0;
    double least = 1;
    int beyond = 0;
    for (int text = 0; text < texts; text++) {
      double difference = difference(mine[text], theirs[text]);
      most = Math.max(most, difference);
      least = Math.min(least, cosine(mine[text], theirs[text]));
      // Also where a difference is no number.
      beyond += difference <= TOLERANCE ? 0 : 1;
    }
    return new Agreement(texts, most, least, beyond);
  }

  /** Whether all texts agree. */
  boolean complete() {
    return beyond == 0;
  }

  private static double difference(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs((double) a[i] - b[i]));
    }
    return most;
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
