package io.flinkinference.tools.quantize;

/**
 * Moves the spread of channels from activations to weights: activations are divided by a number for
 * each channel, and the weights' rows multiplied by it.
 *
 * <p>The number is a^e / w^(1-e), with a and w the reach of the channel in activations and weights.
 * Source: Xiao et al., SmoothQuant: Accurate and Efficient Post-Training Quantization for Large
 * Language Models, 2022, equation 4. The exponent is chosen for each layer by {@link Noise}.
 */
final class Smoothing {

  /** Channels that are all zero, or nearly, must not get numbers out of range. */
  private static final float LEAST = 1e-5f;

  private static final int EXPONENTS = 15;
  private static final double FIRST_EXPONENT = 0.3;
  private static final double STEP = 0.05;

  private Smoothing() {}

  /**
   * The divisors of the channels that promise the least noise in the layer's output.
   *
   * @param weights of shape [in, out]
   * @param most greatest number among the rounded weights
   */
  static float[] divisors(Activations activations, float[] weights, int most) {
    Noise noise = new Noise(activations, weights, most);
    float[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < EXPONENTS; i++) {
      float[] divisors = divisors(activations, weights, FIRST_EXPONENT + i * STEP);
      double expected = noise.expected(divisors);
      if (best == null || expected < least) {
        best = divisors;
        least = expected;
      }
    }
    return best;
  }

  /** The divisors of the channels for an exponent. */
  static float[] divisors(Activations activations, float[] weights, double exponent) {
    int channels = activations.channels();
    int out = weights.length / channels;
    float[] divisors = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      float reach = LEAST;
      for (int column = 0; column < out; column++) {
        reach = Math.max(reach, Math.abs(weights[channel * out + column]));
      }
      double activation = Math.max(activations.reach(channel), LEAST);
      divisors[channel] = (float) (Math.pow(activation, exponent) / Math.pow(reach, 1 - exponent));
    }
    return divisors;
  }

  /** Weights of shape [in, out] with each row multiplied by the channel's number. */
  static float[] rowsTimes(float[] weights, float[] divisors) {
    int out = weights.length / divisors.length;
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = weights[i] * divisors[i / out];
    }
    return scaled;
  }
}
