package io.flinkinference.tools.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Loss of a linear classifier over examples, plus half the strength times the squared weights.
 *
 * <p>The point has the weights of each component for all labels, one component after the other,
 * then the biases. Examples are added up in two halves whose sums are added last, so that the
 * result is the same bits whatever thread takes which.
 */
final class LinearObjective implements Objective {

  private static final int HALVES = 2;

  private final Examples examples;
  private final double[] weights;
  private final double total;
  private final int labels;
  private final double strength;
  private final Loss loss;

  LinearObjective(Examples examples, double[] weights, int labels, double strength, Loss loss) {
    this.examples = examples;
    this.weights = weights;
    this.total = Arrays.stream(weights).sum();
    this.labels = labels;
    this.strength = strength;
    this.loss = loss;
  }

  @Override
  public double at(double[] point, double[] gradient) {
    double[][] gradients = new double[HALVES][point.length];
    double[] sums = new double[HALVES];
    IntStream.range(0, HALVES)
        .parallel()
        .forEach(half -> sums[half] = add(half, point, gradients[half]));
    double value = 0;
    int penalised = examples.dimension() * labels;
    for (int i = 0; i < point.length; i++) {
      double decay = i < penalised ? strength * point[i] : 0;
      gradient[i] = (gradients[0][i] + gradients[1][i]) / total + decay;
      value += decay * point[i] / 2;
    }
    return value + (sums[0] + sums[1]) / total;
  }

  private double add(int half, double[] point, double[] gradient) {
    double sum = 0;
    double[] scores = new double[labels];
    for (int row = half; row < examples.size(); row += HALVES) {
      float[] vector = examples.vectors().get(row);
      logits(point, vector, scores);
      loss.probabilities(scores);
      sum += weights[row] * loss.of(scores, examples.labels().get(row));
      for (int label : examples.labels().get(row)) {
        scores[label] -= 1;
      }
      addOuter(vector, scores, weights[row], gradient);
    }
    return sum;
  }

  static void logits(double[] point, float[] vector, double[] scores) {
    int labels = scores.length;
    System.arraycopy(point, vector.length * labels, scores, 0, labels);
    for (int i = 0; i < vector.length; i++) {
      double x = vector[i];
      int at = i * labels;
      for (int k = 0; k < labels; k++) {
        scores[k] += x * point[at + k];
      }
    }
  }

  private static void addOuter(float[] vector, double[] scores, double weight, double[] gradient) {
    int labels = scores.length;
    for (int k = 0; k < labels; k++) {
      scores[k] *= weight;
    }
    for (int i = 0; i < vector.length; i++) {
      double x = vector[i];
      int at = i * labels;
      for (int k = 0; k < labels; k++) {
        gradient[at + k] += x * scores[k];
      }
    }
    int at = vector.length * labels;
    for (int k = 0; k < labels; k++) {
      gradient[at + k] += scores[k];
    }
  }
}
