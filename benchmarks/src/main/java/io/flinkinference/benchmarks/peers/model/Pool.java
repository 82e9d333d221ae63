package io.flinkinference.benchmarks.peers.model;

import java.nio.FloatBuffer;

/** Makes the vector of a text of those of its tokens, where the graph did not. */
final class Pool {

  private Pool() {}

  /**
   * The vector of one row of a model's output.
   *
   * @param output row after row
   * @param shape of it: [texts, tokens, size], or [texts, size] where the graph pools
   * @param row which text
   * @param length tokens of that text, without padding
   */
  static float[] row(FloatBuffer output, long[] shape, int row, int length, ModelSettings model) {
    return switch (shape.length) {
      case 2 -> scaled(first(output, row * (int) shape[1], (int) shape[1]), model);
      case 3 -> scaled(pooled(output, row, length, (int) shape[1], (int) shape[2], model), model);
      default ->
          throw new IllegalArgumentException(
              "The first output of the model has "
                  + shape.length
                  + " dimensions, not 2 or 3; it holds no vectors.");
    };
  }

  private static float[] pooled(
      FloatBuffer tokens, int row, int length, int width, int size, ModelSettings model) {
    int start = row * width * size;
    return switch (model.pooling()) {
      case CLS -> first(tokens, start, size);
      case MEAN -> mean(tokens, start, length, size);
      default ->
          throw new IllegalArgumentException(
              "The peers pool by cls or mean, not " + model.pooling() + ".");
    };
  }

  private static float[] first(FloatBuffer output, int start, int size) {
    float[] vector = new float[size];
    output.get(start, vector);
    return vector;
  }

  private static float[] mean(FloatBuffer tokens, int start, int length, int size) {
    float[] vector = new float[size];
    for (int token = 0; token < length; token++) {
      for (int i = 0; i < size; i++) {
        vector[i] += tokens.get(start + token * size + i);
      }
    }
    for (int i = 0; i < size; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static float[] scaled(float[] vector, ModelSettings model) {
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
