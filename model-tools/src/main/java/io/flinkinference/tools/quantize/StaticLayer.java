package io.flinkinference.tools.quantize;

import java.util.List;

/**
 * How a layer is rounded. Layers that share their weights share the divisors and the rounded
 * weights too.
 *
 * @param divisors of the channels
 * @param steps of the divided channels
 * @param weights multiplied with the divisors, and rounded
 * @param excess by how much the rounded layer's outputs are too great in the mean, by column
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record StaticLayer(float[] divisors, Steps steps, Columns weights, float[] excess) {

  /**
   * Rounds layers that share their weights.
   *
   * @param readers what each of them reads
   * @param weights of shape [in, out]
   * @param most greatest number among the rounded weights
   * @return for each of the readers
   */
  static List<StaticLayer> of(List<Activations> readers, float[] weights, int most) {
    Activations all = Activations.joined(readers);
    float[] divisors = Smoothing.divisors(all, weights, most);
    Columns columns =
        new CompensatedRounding(all, divisors).round(Smoothing.rowsTimes(weights, divisors), most);
    return readers.stream().map(own -> of(own, weights, divisors, columns)).toList();
  }

  private static StaticLayer of(
      Activations activations, float[] weights, float[] divisors, Columns columns) {
    Steps steps = activations.steps(divisors);
    return new StaticLayer(
        divisors, steps, columns, excess(activations, weights, divisors, steps, columns));
  }

  private static float[] excess(
      Activations activations, float[] weights, float[] divisors, Steps steps, Columns columns) {
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
    columns.values().data().get(values);
    float[] scales = columns.scales().toFloats();
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
