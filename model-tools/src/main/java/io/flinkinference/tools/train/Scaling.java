package io.flinkinference.tools.train;

import java.util.List;

/**
 * Brings each component of vectors to mean 0 and variance 1, for descent is slow without. A head
 * that learned on such vectors is rewritten for those as they were.
 */
final class Scaling {

  /**
   * Least deviation of a component, as a share of that of all. A component that is always the same
   * but for rounding would else get a weight of millions, which amplifies that rounding.
   */
  private static final double LEAST = 1e-2;

  private final double[] means;
  private final double[] deviations;

  private Scaling(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  static Scaling of(List<float[]> vectors) {
    int size = vectors.get(0).length;
    double[] means = new double[size];
    double[] squares = new double[size];
    for (float[] vector : vectors) {
      for (int i = 0; i < size; i++) {
        means[i] += vector[i];
        squares[i] += (double) vector[i] * vector[i];
      }
    }
    double[] deviations = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      means[i] /= vectors.size();
      double variance = Math.max(0, squares[i] / vectors.size() - means[i] * means[i]);
      deviations[i] = Math.sqrt(variance);
      sum += variance;
    }
    double least = sum > 0 ? LEAST * Math.sqrt(sum / size) : 1;
    for (int i = 0; i < size; i++) {
      deviations[i] = Math.max(least, deviations[i]);
    }
    return new Scaling(means, deviations);
  }

  List<float[]> apply(List<float[]> vectors) {
    return vectors.stream().map(this::apply).toList();
  }

  private float[] apply(float[] vector) {
    float[] scaled = new float[vector.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) ((vector[i] - means[i]) / deviations[i]);
    }
    return scaled;
  }

  /** A head on scaled vectors, divided by a temperature, as one on the vectors themselves. */
  Head unscaled(double[] point, int labels, double temperature) {
    float[] weights = new float[means.length * labels];
    double[] biases = new double[labels];
    System.arraycopy(point, weights.length, biases, 0, labels);
    for (int i = 0; i < means.length; i++) {
      for (int k = 0; k < labels; k++) {
        double weight = point[i * labels + k] / deviations[i];
        biases[k] -= weight * means[i];
        weights[i * labels + k] = (float) (weight / temperature);
      }
    }
    float[] bias = new float[labels];
    for (int k = 0; k < labels; k++) {
      bias[k] = (float) (biases[k] / temperature);
    }
    return new Head(means.length, weights, bias);
  }
}
