package io.flinkinference.tools.descent;

import io.flinkinference.tools.session.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adam with the decay of weights apart from the gradient.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019. For one thread,
 * which lets others take parameters of their own.
 */
final class AdamW {

  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;
  private static final int CHUNK = 4096;

  private final Parameters parameters;
  private final double decay;
  private final double mostNorm;
  private final List<float[]> means = new ArrayList<>();
  private final List<float[]> squares = new ArrayList<>();
  private int steps;

  /**
   * @param decay of matrices; biases and scales of normalisations do not decay
   * @param mostNorm longer gradients are cut to this length
   */
  AdamW(Parameters parameters, double decay, double mostNorm) {
    this.parameters = parameters;
    this.decay = decay;
    this.mostNorm = mostNorm;
    for (Weights one : parameters.list()) {
      means.add(new float[one.count()]);
      squares.add(new float[one.count()]);
    }
  }

  /**
   * Goes one step.
   *
   * @param gradients in the order of the parameters
   * @param rates of each parameter
   */
  void step(List<float[]> gradients, double[] rates) {
    steps++;
    double norm = Math.sqrt(gradients.stream().mapToDouble(AdamW::squared).sum());
    if (!Double.isFinite(norm)) {
      return; // A single batch may overflow; a step along it would spoil all weights.
    }
    float factor = (float) (norm > mostNorm ? mostNorm / norm : 1);
    IntStream.range(0, gradients.size())
        .parallel()
        .forEach(i -> step(i, gradients.get(i), factor, rates[i]));
  }

  private static double squared(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private void step(int index, float[] gradient, float factor, double rate) {
    Weights weights = parameters.list().get(index);
    float[] mean = means.get(index);
    float[] square = squares.get(index);
    float keep = (float) (1 - (parameters.isMatrix(index) ? rate * decay : 0));
    float stride = (float) (rate / (1 - Math.pow(FIRST, steps)));
    float root = (float) (1 / (1 - Math.pow(SECOND, steps)));
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < gradient.length; from += CHUNK) {
      int count = Math.min(CHUNK, gradient.length - from);
      weights.get(from, chunk, count);
      for (int i = 0; i < count; i++) {
        float slope = gradient[from + i] * factor;
        float first = (float) FIRST * mean[from + i] + (float) (1 - FIRST) * slope;
        float second = (float) SECOND * square[from + i] + (float) (1 - SECOND) * slope * slope;
        mean[from + i] = first;
        square[from + i] = second;
        float width = (float) Math.sqrt(second * root) + (float) EPSILON;
        chunk[i] = chunk[i] * keep - stride * first / width;
      }
      weights.put(from, chunk, count);
    }
  }
}
