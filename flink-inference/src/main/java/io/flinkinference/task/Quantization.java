package io.flinkinference.task;

import io.flinkinference.result.Embedding;

/**
 * From floats to the bytes that {@code quantize_embeddings} of sentence-transformers gives for the
 * ranges [-range, range].
 */
final class Quantization {

  private static final int STEPS = 255;

  private Quantization() {}

  static Embedding of(float[] vector, VectorForm form, float range) {
    return switch (form) {
      case FLOAT32 -> new Embedding(vector);
      case INT8 -> Embedding.quantized(int8(vector, range));
      case BINARY -> Embedding.quantized(binary(vector));
    };
  }

  /**
   * The range in 255 steps, of which a value gets the one that it has reached; what lies outside of
   * the range gets its end. Version 6 of sentence-transformers; earlier ones gave negative numbers
   * the step above.
   */
  private static byte[] int8(float[] vector, float range) {
    byte[] bytes = new byte[vector.length];
    float step = 2 * range / STEPS;
    for (int i = 0; i < bytes.length; i++) {
      int reached = (int) Math.floor((vector[i] + range) / step);
      bytes[i] = (byte) (Math.max(0, Math.min(STEPS, reached)) - 128);
    }
    return bytes;
  }

  private static byte[] binary(float[] vector) {
    byte[] bytes = new byte[(vector.length + 7) / 8];
    for (int i = 0; i < vector.length; i++) {
      if (vector[i] > 0) {
        bytes[i / 8] |= (byte) (0x80 >> i % 8);
      }
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) 0x80;
    }
    return bytes;
  }
}
