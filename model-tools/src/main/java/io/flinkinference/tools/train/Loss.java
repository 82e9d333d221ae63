package io.flinkinference.tools.train;

import java.util.Arrays;

/** Turns logits to probabilities, and tells how wrong they are. Stateless. */
public enum Loss {
  /** One label is right. */
  SOFTMAX {
    @Override
    public void probabilities(double[] logits) {
      double most = Double.NEGATIVE_INFINITY;
      for (double logit : logits) {
        most = Math.max(most, logit);
      }
      double sum = 0;
      for (int i = 0; i < logits.length; i++) {
        logits[i] = Math.exp(logits[i] - most);
        sum += logits[i];
      }
      for (int i = 0; i < logits.length; i++) {
        logits[i] /= sum;
      }
    }

    @Override
    double of(double[] probabilities, int[] labels) {
      return -log(probabilities[labels[0]]);
    }

    @Override
    double smoothed(double[] logits, int[] labels, double doubt) {
      double most = Arrays.stream(logits).max().orElseThrow();
      double sum = 0;
      double others = 0;
      for (int i = 0; i < logits.length; i++) {
        sum += Math.exp(logits[i] - most);
        others += i == labels[0] ? 0 : logits[i] / (logits.length - 1);
      }
      return most + Math.log(sum) - (1 - doubt) * logits[labels[0]] - doubt * others;
    }

    @Override
    int decisions(int labels) {
      return 1;
    }
  },
  /** Any number of labels is right. */
  SIGMOID {
    @Override
    public void probabilities(double[] logits) {
      for (int i = 0; i < logits.length; i++) {
        logits[i] = 1 / (1 + Math.exp(-logits[i]));
      }
    }

    @Override
    double of(double[] probabilities, int[] labels) {
      double sum = 0;
      for (double probability : probabilities) {
        sum -= log(1 - probability);
      }
      for (int label : labels) {
        sum += log(1 - probabilities[label]) - log(probabilities[label]);
      }
      return sum;
    }

    @Override
    double smoothed(double[] logits, int[] labels, double doubt) {
      double sum = 0;
      for (double logit : logits) {
        sum += Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - doubt * logit;
      }
      for (int label : labels) {
        sum -= (1 - 2 * doubt) * logits[label];
      }
      return sum;
    }

    @Override
    int decisions(int labels) {
      return labels;
    }
  };

  private static final double LEAST = 1e-12;

  /** Overwrites logits with probabilities. */
  public abstract void probabilities(double[] logits);

  /** Negative log likelihood of the labels. */
  abstract double of(double[] probabilities, int[] labels);

  /**
   * The same of logits, where what people said is not quite certain.
   *
   * @param doubt probability that a decision is another one; for all other labels together where
   *     one is right
   */
  abstract double smoothed(double[] logits, int[] labels, double doubt);

  /** In how many ways a text of so many labels can be wrong: once, or once for each. */
  abstract int decisions(int labels);

  private static double log(double probability) {
    return Math.log(Math.max(LEAST, probability));
  }
}
