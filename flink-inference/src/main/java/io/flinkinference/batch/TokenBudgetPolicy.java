package io.flinkinference.batch;

import java.util.Arrays;

/**
 * Rows of like length under a budget of padded tokens.
 *
 * <p>Padding is what a batch wastes: a row costs as much as the longest beside it. So the
 * candidates are the runs of records that are neighbours by length and include the oldest record.
 * Of those that fit the budget, the one with the most useful tokens for its cost is taken; the cost
 * of a run is that of its padded tokens and something for the run itself. A record that is longer
 * than the budget runs alone.
 */
public final class TokenBudgetPolicy implements BatchingPolicy {

  /** A noisy measurement may say that a run costs nothing; then single rows would be as good. */
  private static final double LEAST_RUN = 4;

  private final double runInTokens;
  private final ShapeRounding rounding;

  /**
   * @param cost of the runs on the device
   */
  public TokenBudgetPolicy(RunCost cost) {
    this(cost, ShapeRounding.EXACT);
  }

  /**
   * @param cost of the runs on the device
   * @param rounding of the batches, which counts against the budget
   */
  public TokenBudgetPolicy(RunCost cost, ShapeRounding rounding) {
    this.rounding = rounding;
    this.runInTokens = Math.max(LEAST_RUN, cost.runInTokens());
  }

  @Override
  public int choose(int[] lengths, int count, int tokenBudget, int[] chosen) {
    // Length above, position below: sorted by length, and by age among equals.
    long[] sorted = new long[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (long) lengths[i] << Integer.SIZE | i;
    }
    Arrays.sort(sorted);
    int oldest = Arrays.binarySearch(sorted, (long) lengths[0] << Integer.SIZE);

    int bestFrom = oldest;
    int bestTo = oldest;
    double bestUseful = -1;
    for (int to = oldest; to < count; to++) {
      int width = rounding.width(length(sorted[to]));
      int mostRows = rounding.mostRows(tokenBudget / width);
      if (to - oldest + 1 > mostRows && to > oldest) {
        break; // Wider rows only get fewer.
      }
      int tokens = 0;
      for (int from = to; from >= 0 && to - from < mostRows; from--) {
        tokens += length(sorted[from]);
        double useful = tokens / (runInTokens + rounding.rows(to - from + 1) * width);
        if (from <= oldest && useful > bestUseful) {
          bestUseful = useful;
          bestFrom = from;
          bestTo = to;
        }
      }
    }

    int rows = bestTo - bestFrom + 1;
    for (int i = 0; i < rows; i++) {
      chosen[i] = (int) sorted[bestFrom + i];
    }
    Arrays.sort(chosen, 0, rows);
    return rows;
  }

  private static int length(long lengthAndPosition) {
    return (int) (lengthAndPosition >>> Integer.SIZE);
  }
}
