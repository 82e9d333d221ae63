package io.flinkinference.reliability.rig;

import java.util.List;

/** The value in the middle. */
public final class Median {

  private Median() {}

  /** The median of some values, at least one. */
  public static double of(List<? extends Number> values) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
