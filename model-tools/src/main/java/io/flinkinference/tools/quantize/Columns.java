package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Tensor;

/**
 * Weights of 8 bits with a sign, and a scale for each column, which is what an output is made of.
 *
 * @param values of shape [in, out]
 * @param scales of shape [out]
 */
record Columns(Tensor values, Tensor scales) {

  /** Greatest number of 8 bits with a sign. */
  static final int EIGHT_BITS = 127;

  /** Greatest number of 7 bits: sums of two products fit in 16 bits, which some CPUs need. */
  static final int SEVEN_BITS = 63;

  /** Rounds weights of shape [in, out], each to the nearest. */
  static Columns of(Tensor weights, int most) {
    float[] numbers = weights.toFloats();
    int out = weights.size(1);
    float[] scales = scales(numbers, out, most);
    byte[] values = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = (byte) Math.round(numbers[i] / scales[i % out]);
    }
    return new Columns(
        Tensor.bytes(ElementType.INT8, values, weights.size(0), out), Tensor.floats(scales, out));
  }

  /** The step of each column, so that its greatest weight becomes the greatest number. */
  static float[] scales(float[] weights, int out, int most) {
    float[] scales = new float[out];
    for (int i = 0; i < weights.length; i++) {
      scales[i % out] = Math.max(scales[i % out], Math.abs(weights[i]));
    }
    for (int column = 0; column < out; column++) {
      // A column of zeros stays one with any scale.
      scales[column] = scales[column] == 0 ? 1 : scales[column] / most;
    }
    return scales;
  }
}
