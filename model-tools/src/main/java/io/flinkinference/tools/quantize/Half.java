package io.flinkinference.tools.quantize;

import ai.onnxruntime.platform.Fp16Conversions;
import io.flinkinference.tools.graph.Tensor;

/** Floats of 16 bits, as IEEE 754 defines them. */
final class Half {

  /** The greatest of them. */
  static final float MOST = 65_504;

  /** Half of the least above zero: what is smaller becomes zero. */
  static final float LEAST = 0x1p-25f;

  private Half() {}

  /** Rounds all elements to the nearest; of two equally near ones to the even one. */
  static Tensor of(Tensor tensor) {
    float[] values = tensor.toFloats();
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = Fp16Conversions.floatToFp16(values[i]);
    }
    return Tensor.halves(halves, tensor.shape());
  }
}
