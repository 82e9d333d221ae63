package io.flinkinference.benchmarks.peers.model;

import java.nio.FloatBuffer;

/** Makes the vector of a text of those of its tokens. */
final class Pool {

  private Pool() {}

  /**
   * Pools one row of a model's output.
   *
   * @param tokens output of rank 3, row after row
   * @param row which text
   * @param length tokens of that text, without padding
   * @param width tokens of each row, with padding
   * @param size components of a vector
   */
  static float[] row(
      FloatBuffer tokens, int row, int length, int width, int size, ModelSettings model) {
    int start = row * width * size;
    float[] vector = new float[size];
    switch (model.pooling()) {
      case CLS -> tokens.get(start, vector);
      case MEAN -> {
        for (int token = 0; token < length; token++) {
          for (int i = 0; i < size; i++) {
            vector[i] += tokens.get(start + token * size + i);
          }
        }
        for (int i = 0; i < size; i++) {
          vector[i] /= length;
        }
      }
      default ->
          throw new IllegalArgumentException(
              "The peers pool by cls or mean, not " + model.pooling() + ".");
    }
    if (model.normalized()) {
      scaleToLengthOne(vector);
    }
    return vector;
  }

  static void scaleToLengthOne(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
  }
}
