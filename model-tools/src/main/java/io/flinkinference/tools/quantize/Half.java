package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Tensor;

/** Floats of 16 bits, as IEEE 754 defines them. */
final class Half {

  /** The greatest of them. */
  static final float MOST = 65_504;

  /** Half of the least above zero: what is smaller becomes zero. */
  static final float LEAST = 0x1p-25f;

  private Half() {}

  /** Rounds to the nearest; of two equally near ones to the even one. */
  static short bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (size >= 65_520) {
      return (short) (sign | 0x7c00);
    }
    if (size < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int rest = bits & 0x7fffffff;
    int even = (rest >>> 13) & 1;
    // The exponent's offset is 127 there and 15 here; a carry from rounding belongs to it.
    return (short) (sign | ((rest - (112 << 23) + 0xfff + even) >>> 13));
  }

  /** Rounds all elements. */
  static Tensor of(Tensor tensor) {
    float[] values = tensor.toFloats();
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = bits(values[i]);
    }
    return Tensor.halves(halves, tensor.shape());
  }
}
