package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rounds weights one input channel after the other, and lets those that are left make good what was
 * lost, as far as the inputs go together: what counts is the output over the tokens that were seen,
 * not each weight.
 *
 * <p>Source: Frantar et al., GPTQ: Accurate Post-Training Quantization for Generative Pre-trained
 * Transformers, 2022. With H the second moments of the inputs and H = U U' (U an upper triangle),
 * the squared error of a column is |U'(w - ^w)|². Its parts are made small one after the other: the
 * weight of channel k is rounded after the sum over i before k of (U(i,k) / U(k,k)) (w(i) - ^w(i))
 * was added to it.
 */
final class CompensatedRounding {

  /** Share of the mean moment that is added to each channel's own: few tokens were seen. */
  private static final double DAMPING = 0.3;

  private final int channels;
  private final int[] order;
  private final double[][] factor;

  /**
   * @param divisors by which the channels are divided before they get to the weights
   */
  CompensatedRounding(Activations activations, float[] divisors) {
    channels = divisors.length;
    double[] own = new double[channels];
    for (float[] token : activations.tokens()) {
      for (int channel = 0; channel < channels; channel++) {
        double value = token[channel] / divisors[channel];
        own[channel] += value * value;
      }
    }
    // What matters most comes first, while there are others that can make its error good.
    order =
        IntStream.range(0, channels)
            .boxed()
            .sorted(Comparator.comparingDouble(channel -> -own[channel]))
            .mapToInt(Integer::intValue)
            .toArray();
    factor = moments(activations, divisors);
    double damping = Math.max(DAMPING * Arrays.stream(own).sum() / channels, Double.MIN_NORMAL);
    for (int k = 0; k < channels; k++) {
      factor[k][k] += damping;
    }
    factorize(factor);
  }

  /** Row k holds the moments of channel k with those up to it, in the order of rounding. */
  private double[][] moments(Activations activations, float[] divisors) {
    double[][] moments = new double[channels][];
    for (int k = 0; k < channels; k++) {
      moments[k] = new double[k + 1];
    }
    double[] values = new double[channels];
    for (float[] token : activations.tokens()) {
      for (int k = 0; k < channels; k++) {
        values[k] = token[order[k]] / divisors[order[k]];
      }
      for (int k = 0; k < channels; k++) {
        addTimes(moments[k], values, values[k], k + 1);
      }
    }
    return moments;
  }

  /** Makes row k of H the column k of U, from the last to the first. */
  private static void factorize(double[][] rows) {
    for (int k = rows.length - 1; k >= 0; k--) {
      double root = Math.sqrt(rows[k][k]);
      for (int i = 0; i <= k; i++) {
        rows[k][i] /= root;
      }
      for (int i = 0; i < k; i++) {
        addTimes(rows[i], rows[k], -rows[k][i], i + 1);
      }
    }
  }

  private static void addTimes(double[] sum, double[] values, double by, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += by * values[i];
    }
  }

  /**
   * Rounds weights.
   *
   * @param weights of shape [in, out], multiplied with the divisors
   * @param most greatest number among the rounded weights
   */
  Columns round(float[] weights, int most) {
    int out = weights.length / channels;
    float[] scales = Columns.scales(weights, out, most);
    byte[] values = new byte[weights.length];
    float[][] errors = new float[channels][out];
    float[] owed = new float[out];
    for (int k = 0; k < channels; k++) {
      Arrays.fill(owed, 0);
      for (int i = 0; i < k; i++) {
        float by = (float) (factor[k][i] / factor[k][k]);
        float[] error = errors[i];
        for (int column = 0; column < out; column++) {
          owed[column] += by * error[column];
        }
      }
      int from = order[k] * out;
      for (int column = 0; column < out; column++) {
        float weight = weights[from + column];
        float wanted = (weight + owed[column]) / scales[column];
        float value = Math.max(-most, Math.min(most, (float) Math.rint(wanted)));
        values[from + column] = (byte) value;
        errors[k][column] = weight - value * scales[column];
      }
    }
    return new Columns(
        Tensor.bytes(ElementType.INT8, values, channels, out), Tensor.floats(scales, out));
  }
}
