package io.flinkinference.task;

import io.flinkinference.model.Pooling;
import java.nio.FloatBuffer;

/** Makes one vector of those of a text's tokens, which lie one after the other. */
final class TokenPooling {

  private TokenPooling() {}

  /**
   * Pools the tokens of a row; what padding left before or behind them is not read.
   *
   * @param start index of the first number of the first token
   * @param tokens number of tokens, at least 1
   * @param size length of a token's vector
   * @return a new vector
   */
  static float[] pool(Pooling pooling, FloatBuffer data, int start, int tokens, int size) {
    return switch (pooling) {
      case CLS -> token(data, start, size);
      case LAST_TOKEN -> token(data, start + (tokens - 1) * size, size);
      case MAX -> max(data, start, tokens, size);
      case MEAN -> divide(sum(data, start, tokens, size, false), tokens);
      case MEAN_SQRT_LEN ->
          divide(sum(data, start, tokens, size, false), (float) Math.sqrt(tokens));
      case WEIGHTED_MEAN ->
          divide(sum(data, start, tokens, size, true), tokens * (tokens + 1f) / 2);
    };
  }

  /** A part of the data, copied. */
  static float[] token(FloatBuffer data, int start, int size) {
    float[] vector = new float[size];
    data.get(start, vector);
    return vector;
  }

  private static float[] sum(
      FloatBuffer data, int start, int tokens, int size, boolean weighByPlace) {
    float[] sum = new float[size];
    float[] vector = new float[size]; // The compiler makes vector code of array loops only.
    for (int token = 0; token < tokens; token++) {
      data.get(start + token * size, vector);
      float weight = weighByPlace ? token + 1 : 1;
      for (int i = 0; i < size; i++) {
        sum[i] += weight * vector[i];
      }
    }
    return sum;
  }

  private static float[] divide(float[] vector, float divisor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= divisor;
    }
    return vector;
  }

  private static float[] max(FloatBuffer data, int start, int tokens, int size) {
    float[] largest = token(data, start, size);
    float[] vector = new float[size];
    for (int token = 1; token < tokens; token++) {
      data.get(start + token * size, vector);
      for (int i = 0; i < size; i++) {
        largest[i] = Math.max(largest[i], vector[i]);
      }
    }
    return largest;
  }
}
