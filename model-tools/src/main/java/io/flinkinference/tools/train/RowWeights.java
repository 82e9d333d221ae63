package io.flinkinference.tools.train;

import java.util.Arrays;
import java.util.List;

/** How much each row counts. */
public final class RowWeights {

  private RowWeights() {}

  /**
   * 1 each, or the less the more frequent a row's labels are.
   *
   * @param rows labels of each
   * @param labels how many there are
   * @param balanced whether rare labels weigh as much as frequent ones
   */
  public static double[] of(List<int[]> rows, int labels, boolean balanced) {
    double[] weights = new double[rows.size()];
    Arrays.fill(weights, 1);
    if (balanced) {
      double[] counts = new double[labels];
      rows.forEach(row -> Arrays.stream(row).forEach(label -> counts[label]++));
      for (int i = 0; i < weights.length; i++) {
        weights[i] =
            Arrays.stream(rows.get(i))
                .mapToDouble(label -> rows.size() / (labels * counts[label]))
                .max()
                .orElse(1);
      }
    }
    return weights;
  }
}
