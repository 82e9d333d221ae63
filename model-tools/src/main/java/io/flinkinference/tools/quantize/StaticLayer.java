package io.flinkinference.tools.quantize;

/**
 * How a layer is rounded.
 *
 * @param divisors of the channels
 * @param steps of the divided channels
 * @param weights multiplied with the divisors, and rounded
 * @param excess by how much the rounded layer's outputs are too great in the mean, by column
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record StaticLayer(float[] divisors, Steps steps, Columns weights, float[] excess) {

  /**
   * Rounds a layer.
   *
   * @param weights of shape [in, out]
   * @param most greatest number among the rounded weights
   */
  static StaticLayer of(Activations activations, float[] weights, int most) {
    float[] divisors = Smoothing.divisors(activations, weights, most);
    Columns rounded =
        new CompensatedRounding(activations, divisors)
            .round(Smoothing.rowsTimes(weights, divisors), most);
    Steps steps = activations.steps(divisors);
    return new StaticLayer(
        divisors, steps, rounded, excess(activations, weights, divisors, steps, rounded));
  }

  private static float[] excess(
      Activations activations, float[] weights, float[] divisors, Steps steps, Columns rounded) {
    int out = weights.length / divisors.length;
    double[] means = new double[divisors.length];
    double[] roundedMeans = new double[divisors.length];
    for (float[] token : activations.tokens()) {
      for (int channel = 0; channel < divisors.length; channel++) {
        means[channel] += token[channel];
        roundedMeans[channel] += steps.rounded(token[channel] / divisors[channel]);
      }
    }
    byte[] values = new byte[weights.length];
    rounded.values().data().get(values);
    float[] scales = rounded.scales().toFloats();
    double[] sums = new double[out];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / out;
      sums[i % out] +=
          roundedMeans[channel] * values[i] * scales[i % out] - means[channel] * weights[i];
    }
    float[] excess = new float[out];
    for (int column = 0; column < out; column++) {
      excess[column] = (float) (sums[column] / activations.tokens().size());
    }
    return excess;
  }
}
