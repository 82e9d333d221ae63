package io.flinkinference.model;

/** IEEE 754 binary16, for which Java 17 has no conversion. */
final class Half {

  private static final int FRACTION_BITS = 10;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private Half() {}

  static float toFloat(short half) {
    int fraction = half & 0x3FF;
    int exponent = half >> FRACTION_BITS & 0x1F;
    int sign = (half & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * SUBNORMAL_UNIT;
      return sign == 0 ? magnitude : -magnitude;
    }
    // The bias is 15 there and 127 here; all ones are infinity or NaN in both.
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
