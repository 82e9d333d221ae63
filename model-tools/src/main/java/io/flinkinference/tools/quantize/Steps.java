package io.flinkinference.tools.quantize;

/**
 * How numbers are rounded to 8 bits without a sign, as the operator {@code QuantizeLinear} does it.
 *
 * @param scale a step
 * @param zero the step that stands for zero
 */
record Steps(float scale, int zero) {

  private static final int LAST = 255;

  /** Steps for a range that holds zero. */
  static Steps between(float least, float greatest) {
    float scale = Math.max((greatest - least) / LAST, Float.MIN_NORMAL);
    return new Steps(scale, Math.round(-least / scale));
  }

  /** What a number becomes when it is rounded and read again. */
  float rounded(float number) {
    int step = (int) Math.rint(number / scale) + zero;
    return (Math.max(0, Math.min(LAST, step)) - zero) * scale;
  }
}
