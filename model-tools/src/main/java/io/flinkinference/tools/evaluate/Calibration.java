package io.flinkinference.tools.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities are as large as the share of predictions that is right (Guo et al. 2017, On
 * Calibration of Modern Neural Networks). For one thread.
 */
final class Calibration {

  private static final int BINS = 10;

  private final int[] counts = new int[BINS];
  private final double[] sums = new double[BINS];
  private final int[] right = new int[BINS];

  void add(double probability, boolean isRight) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    counts[bin]++;
    sums[bin] += probability;
    right[bin] += isRight ? 1 : 0;
  }

  /** Mean distance of probability and share, over all predictions. */
  double error() {
    double distance = 0;
    int all = 0;
    for (int i = 0; i < BINS; i++) {
      distance += Math.abs(sums[i] - right[i]);
      all += counts[i];
    }
    return all == 0 ? 0 : distance / all;
  }

  List<CalibrationBin> bins() {
    List<CalibrationBin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        double count = counts[i];
        bins.add(
            new CalibrationBin(
                i / (double) BINS,
                (i + 1) / (double) BINS,
                counts[i],
                sums[i] / count,
                right[i] / count));
      }
    }
    return bins;
  }
}
