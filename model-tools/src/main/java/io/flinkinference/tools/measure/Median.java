package io.flinkinference.tools.measure;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The value in the middle. */
public final class Median {

  private Median() {}

  /**
   * The median of a figure.
   *
   * @param of at least one thing that has it
   */
  public static <T> double of(Collection<T> of, ToDoubleFunction<? super T> figure) {
    if (of.isEmpty()) {
      throw new IllegalArgumentException("Nothing has no median.");
    }
    double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
