package io.flinkinference.tools.parity;

/** A vector. Immutable by agreement. */
final class VectorAnswer implements Answer {

  private final float[] values;
  private final double length;

  VectorAnswer(float[] values) {
    this.values = values;
    // Each vector is held against all others; its length is needed every time.
    this.length = Math.sqrt(product(values, values));
  }

  @Override
  public String label() {
    return "";
  }

  /** The cosine of the angle between them. */
  @Override
  public double similarity(Answer other) {
    return other instanceof VectorAnswer vector ? cosine(vector) : 0;
  }

  double cosine(VectorAnswer other) {
    double lengths = length * other.length;
    return lengths == 0 ? 0 : Math.min(1, product(values, other.values) / lengths);
  }

  /** In four sums, for an addition that waits for the one before takes four times as long. */
  private static double product(float[] one, float[] two) {
    int size = Math.min(one.length, two.length);
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < size; i += 4) {
      first += (double) one[i] * two[i];
      second += (double) one[i + 1] * two[i + 1];
      third += (double) one[i + 2] * two[i + 2];
      fourth += (double) one[i + 3] * two[i + 3];
    }
    for (; i < size; i++) {
      first += (double) one[i] * two[i];
    }
    return first + second + third + fourth;
  }
}
