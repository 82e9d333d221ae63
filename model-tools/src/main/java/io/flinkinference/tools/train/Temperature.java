package io.flinkinference.tools.train;

import java.util.Arrays;
import java.util.List;

/** The number that logits are divided by, so that probabilities are as sure as they are right. */
public final class Temperature {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double WIDTH = 1e-4;

  private final List<double[]> logits;
  private final List<int[]> labels;
  private final double[] weights;
  private final Loss loss;

  private Temperature(List<double[]> logits, List<int[]> labels, double[] weights, Loss loss) {
    this.logits = logits;
    this.labels = labels;
    this.weights = weights;
    this.loss = loss;
  }

  /**
   * The one of the least loss, found by golden section between 1/20 and 20.
   *
   * <p>Rows count alike, whatever they weighed when the logits were learned: probabilities are to
   * be right for texts as they come.
   *
   * <p>Where all rows are right, no probability but 1 would be high enough. So each of n decisions
   * is taken to be right with a probability of (n + 1) / (n + 2), as if one more were right and one
   * wrong (Platt 1999, Probabilistic Outputs for Support Vector Machines; there by label, here over
   * all, for the temperature is one number).
   */
  public static double fit(List<double[]> logits, List<int[]> labels, Loss loss) {
    double[] equal = new double[logits.size()];
    Arrays.fill(equal, 1);
    Temperature fit = new Temperature(logits, labels, equal, loss);
    double doubt = 1 / (fit.decisions() + 2);
    double low = Math.log(0.05);
    double high = Math.log(20);
    while (high - low > WIDTH) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (fit.loss(left, doubt) <= fit.loss(right, doubt)) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /**
   * Mean loss of logits divided by a temperature.
   *
   * @param weights of the rows
   */
  public static double loss(
      List<double[]> logits, List<int[]> labels, double[] weights, Loss loss, double by) {
    Temperature rows = new Temperature(logits, labels, weights, loss);
    return rows.loss(Math.log(by), 0) / Arrays.stream(weights).sum();
  }

  private double decisions() {
    return logits.stream().mapToDouble(row -> loss.decisions(row.length)).sum();
  }

  private double loss(double logarithm, double doubt) {
    double temperature = Math.exp(logarithm);
    double sum = 0;
    for (int row = 0; row < logits.size(); row++) {
      double[] scores = logits.get(row).clone();
      for (int k = 0; k < scores.length; k++) {
        scores[k] /= temperature;
      }
      sum += weights[row] * loss.smoothed(scores, labels.get(row), doubt);
    }
    return sum;
  }
}
