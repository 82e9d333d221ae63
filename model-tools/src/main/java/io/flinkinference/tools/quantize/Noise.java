package io.flinkinference.tools.quantize;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What rounding is expected to do to the output of a layer, if the errors of its channels have
 * nothing to do with each other: the mean square error of a token, summed over the columns.
 *
 * <p>With x the activations, w the weights and ^ for what is rounded, that is the sum over the
 * channels of E[(x - ^x)²] |w|² + E[x²] |w - ^w|².
 */
final class Noise {

  /** More tokens hardly change the choice. */
  private static final int MOST_TOKENS = 400;

  private final Activations activations;
  private final List<float[]> tokens;
  private final float[] weights;
  private final int most;
  private final double[] activationSquares;
  private final double[] weightSquares;

  /**
   * @param weights of shape [in, out]
   * @param most greatest number among the rounded weights
   */
  Noise(Activations activations, float[] weights, int most) {
    this.activations = activations;
    this.weights = weights;
    this.most = most;
    List<float[]> all = activations.tokens();
    int every = (all.size() - 1) / MOST_TOKENS + 1;
    this.tokens =
        IntStream.range(0, all.size()).filter(i -> i % every == 0).mapToObj(all::get).toList();
    int channels = activations.channels();
    int out = weights.length / channels;
    this.activationSquares = new double[channels];
    this.weightSquares = new double[channels];
    for (float[] token : tokens) {
      for (int channel = 0; channel < channels; channel++) {
        activationSquares[channel] += (double) token[channel] * token[channel] / tokens.size();
      }
    }
    for (int i = 0; i < weights.length; i++) {
      weightSquares[i / out] += (double) weights[i] * weights[i];
    }
  }

  /** With channels that are divided before they are rounded, and weights that are multiplied. */
  double expected(float[] divisors) {
    return ofActivations(divisors) + ofWeights(divisors);
  }

  private double ofActivations(float[] divisors) {
    Steps steps = activations.steps(divisors);
    double noise = 0;
    for (float[] token : tokens) {
      for (int channel = 0; channel < divisors.length; channel++) {
        float divisor = divisors[channel];
        double error = steps.rounded(token[channel] / divisor) * divisor - token[channel];
        noise += error * error * weightSquares[channel];
      }
    }
    return noise / tokens.size();
  }

  private double ofWeights(float[] divisors) {
    float[] scaled = Smoothing.rowsTimes(weights, divisors);
    int out = weights.length / divisors.length;
    float[] scales = Columns.scales(scaled, out, most);
    double noise = 0;
    for (int i = 0; i < scaled.length; i++) {
      float step = scales[i % out];
      double error = (Math.rint(scaled[i] / step) * step - scaled[i]) / divisors[i / out];
      noise += error * error * activationSquares[i / out];
    }
    return noise;
  }
}
