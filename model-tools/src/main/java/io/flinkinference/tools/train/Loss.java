package io.flinkinference.tools.train;

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
  };

  private static final double LEAST = 1e-12;

  /** Overwrites logits with probabilities. */
  public abstract void probabilities(double[] logits);

  /** Negative log likelihood of the labels. */
  abstract double of(double[] probabilities, int[] labels);

  private static double log(double probability) {
    return Math.log(Math.max(LEAST, probability));
  }
}
