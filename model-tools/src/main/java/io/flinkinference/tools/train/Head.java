package io.flinkinference.tools.train;

/** A linear classifier: logits are vector times weights plus biases. Immutable by agreement. */
public final class Head {

  private final int dimension;
  private final float[] weights;
  private final float[] biases;

  Head(int dimension, float[] weights, float[] biases) {
    this.dimension = dimension;
    this.weights = weights;
    this.biases = biases;
  }

  /** Length of the vectors. */
  public int dimension() {
    return dimension;
  }

  /** Number of labels. */
  public int labels() {
    return biases.length;
  }

  /** A row for each component of the vector, a column for each label; not to be written to. */
  public float[] weights() {
    return weights;
  }

  /** One for each label; not to be written to. */
  public float[] biases() {
    return biases;
  }

  /** Scores a vector. */
  public double[] logits(float[] vector) {
    double[] logits = new double[biases.length];
    for (int k = 0; k < logits.length; k++) {
      logits[k] = biases[k];
    }
    for (int i = 0; i < dimension; i++) {
      for (int k = 0; k < logits.length; k++) {
        logits[k] += (double) vector[i] * weights[i * logits.length + k];
      }
    }
    return logits;
  }
}
