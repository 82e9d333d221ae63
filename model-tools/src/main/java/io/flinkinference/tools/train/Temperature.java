package io.flinkinference.tools.train;

import java.util.List;

/** The number that logits are divided by, so that probabilities are as sure as they are right. */
public final class Temperature {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double WIDTH = 1e-4;

  private final List<double[]> logits;
  private final List<int[]> labels;
  private final Loss loss;

  private Temperature(List<double[]> logits, List<int[]> labels, Loss loss) {
    this.logits = logits;
    this.labels = labels;
    this.loss = loss;
  }

  /** The one of the least loss, found by golden section between 1/20 and 20. */
  public static double fit(List<double[]> logits, List<int[]> labels, Loss loss) {
    Temperature fit = new Temperature(logits, labels, loss);
    double low = Math.log(0.05);
    double high = Math.log(20);
    while (high - low > WIDTH) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (fit.loss(left) <= fit.loss(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean loss of logits divided by a temperature. */
  public static double loss(List<double[]> logits, List<int[]> labels, Loss loss, double by) {
    return new Temperature(logits, labels, loss).loss(Math.log(by)) / logits.size();
  }

  private double loss(double logarithm) {
    double temperature = Math.exp(logarithm);
    double sum = 0;
    for (int row = 0; row < logits.size(); row++) {
      double[] scores = logits.get(row).clone();
      for (int k = 0; k < scores.length; k++) {
        scores[k] /= temperature;
      }
      loss.probabilities(scores);
      sum += loss.of(scores, labels.get(row));
    }
    return sum;
  }
}
