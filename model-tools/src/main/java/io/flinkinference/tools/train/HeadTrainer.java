package io.flinkinference.tools.train;

import io.flinkinference.tools.progress.Progress;
import java.util.List;

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
  private final Progress progress;
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
      TrainOptions options, Examples train, Examples validation, Progress progress) {
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
   * @param progress is told the iterations; a strength that ends early is told the rest of its own
   */
  public static Trained train(
      TrainOptions options, Examples train, Examples validation, Progress progress) {
    return new HeadTrainer(options, train, validation, progress).run();
  }

  private Trained run() {
    boolean chooses = validation.size() > 0;
    List<Double> strengths = chooses ? options.strengths() : options.strengths().subList(0, 1);
    long most = (long) strengths.size() * options.mostIterations();
    try (Progress.Work work = progress.begin("teaching the head", most)) {
      learn(strengths, work);
    }
    double temperature =
        chooses ? Temperature.fit(logits(best), validation.labels(), options.loss()) : 1;
    Head head = scaling.unscaled(best, options.labels(), temperature);
    return new Trained(head, bestStrength, bestIterations, temperature);
  }

  private void learn(List<Double> strengths, Progress.Work work) {
    double[] weights = RowWeights.of(train.labels(), options.labels(), options.balanced());
    double[] point = new double[(train.dimension() + 1) * options.labels()];
    for (double strength : strengths) {
      LinearObjective objective =
          new LinearObjective(train, weights, options.labels(), strength, options.loss());
      int before = iterations;
      worse = 0;
      lowest = Double.POSITIVE_INFINITY;
      point =
          Lbfgs.minimize(
              objective,
              point,
              options.mostIterations(),
              now -> {
                work.step();
                return goOn(now, strength, before);
              });
      check(point, strength, before);
      for (int i = iterations - before; i < options.mostIterations(); i++) {
        work.step();
      }
    }
  }

  private boolean goOn(double[] point, double strength, int before) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("The training was interrupted.");
    }
    iterations++;
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
