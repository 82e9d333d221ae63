package io.flinkinference.tools.train;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Learns a head: for each strength of the regularisation, the strongest first and each from where
 * the one before ended, until the validation part gets no better. For one thread.
 */
public final class HeadTrainer {

  private static final int CHECK_EVERY = 5;
  private static final int PATIENCE = 3;

  private final TrainOptions options;
  private final Examples train;
  private final Examples validation;
  private final IntConsumer progress;
  private final Scaling scaling;
  private final double[] validationWeights;

  private double bestLoss = Double.POSITIVE_INFINITY;
  private double[] best;
  private double bestStrength;
  private int bestIterations;
  private int iterations;
  private int worse;
  private double lowest;

  private HeadTrainer(
      TrainOptions options, Examples train, Examples validation, IntConsumer progress) {
    this.options = options;
    this.progress = progress;
    this.scaling = Scaling.of(train.vectors());
    this.train = new Examples(scaling.apply(train.vectors()), train.labels());
    this.validation = new Examples(scaling.apply(validation.vectors()), validation.labels());
    this.validationWeights =
        RowWeights.of(validation.labels(), options.labels(), options.balanced());
  }

  /**
   * Learns from one part and chooses by another.
   *
   * @param validation may be empty
   * @param progress is told the iterations so far
   */
  public static Trained train(
      TrainOptions options, Examples train, Examples validation, IntConsumer progress) {
    return new HeadTrainer(options, train, validation, progress).run();
  }

  private Trained run() {
    double[] weights = RowWeights.of(train.labels(), options.labels(), options.balanced());
    double[] point = new double[(train.dimension() + 1) * options.labels()];
    boolean chooses = validation.size() > 0;
    for (double strength : chooses ? options.strengths() : options.strengths().subList(0, 1)) {
      LinearObjective objective =
          new LinearObjective(train, weights, options.labels(), strength, options.loss());
      int before = iterations;
      worse = 0;
      lowest = Double.POSITIVE_INFINITY;
      point =
          Lbfgs.minimize(
              objective, point, options.mostIterations(), now -> goOn(now, strength, before));
      check(point, strength, before);
    }
    double temperature =
        chooses ? Temperature.fit(logits(best), validation.labels(), options.loss()) : 1;
    Head head = scaling.unscaled(best, options.labels(), temperature);
    return new Trained(head, bestStrength, bestIterations, temperature);
  }

  private boolean goOn(double[] point, double strength, int before) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("The training was interrupted.");
    }
    iterations++;
    progress.accept(iterations);
    if (validation.size() == 0 || (iterations - before) % CHECK_EVERY != 0) {
      return true;
    }
    double loss = check(point, strength, before);
    worse = loss < lowest ? 0 : worse + 1;
    lowest = Math.min(lowest, loss);
    return worse < PATIENCE;
  }

  private double check(double[] point, double strength, int before) {
    double loss = 0;
    if (validation.size() > 0) {
      List<double[]> all = logits(point);
      for (int row = 0; row < all.size(); row++) {
        options.loss().probabilities(all.get(row));
        loss +=
            validationWeights[row] * options.loss().of(all.get(row), validation.labels().get(row));
      }
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      best = point.clone();
      bestStrength = strength;
      bestIterations = iterations - before;
    }
    return loss;
  }

  private List<double[]> logits(double[] point) {
    return validation.vectors().stream()
        .map(
            vector -> {
              double[] scores = new double[options.labels()];
              LinearObjective.logits(point, vector, scores);
              return scores;
            })
        .toList();
  }
}
