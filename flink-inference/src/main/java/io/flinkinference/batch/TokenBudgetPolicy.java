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
    int[] sorted = byLength(lengths, count);
    int oldest = 0;
    while (sorted[oldest] != 0) {
      oldest++;
    }
    int bestFrom = oldest;
    int bestEnd = oldest + 1;
    double bestUseful = -1;
    int tokens = 0; // from the oldest on
    int end = oldest;
    while (end < count) {
      int length = lengths[sorted[end]];
      int width = rounding.width(length);
      int mostRows = rounding.mostRows(tokenBudget / width);
      int begin = end;
      // Up to the last of equal length: rows that make room for it at the other end are shorter.
      while (end < count && lengths[sorted[end]] == length && end - oldest < mostRows) {
        tokens += length;
        end++;
      }
      if (end == begin) {
        break; // Wider rows only get fewer.
      }
      int sum = tokens;
      for (int from = oldest; from >= 0 && end - from <= mostRows; from--) {
        sum += from < oldest ? lengths[sorted[from]] : 0;
        double useful = sum / (runInTokens + rounding.rows(end - from) * width);
        if (useful > bestUseful) {
          bestUseful = useful;
          bestFrom = from;
          bestEnd = end;
        }
      }
      // Where rows are rounded, one more may cost as much as twice as many; and before the oldest
      // there may be none to leave out.
      int fewer = oldest + rounding.mostRows(end - oldest);
      if (fewer > begin && fewer < end) {
        int fewerTokens = tokens - (end - fewer) * length;
        double useful = fewerTokens / (runInTokens + (fewer - oldest) * width);
        if (useful > bestUseful) {
          bestUseful = useful;
          bestFrom = oldest;
          bestEnd = fewer;
        }
      }
    }

    int rows = bestEnd - bestFrom;
    System.arraycopy(sorted, bestFrom, chosen, 0, rows);
    Arrays.sort(chosen, 0, rows);
    return rows;
  }

  /**
   * Positions by length, and by age among equals. Counted, not compared: there are few lengths, and
   * on a device with large batches thousands of records.
   */
  private static int[] byLength(int[] lengths, int count) {
    int longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, lengths[i]);
    }
    int[] places = new int[longest + 2]; // of the next record of each length
    for (int i = 0; i < count; i++) {
      places[lengths[i] + 1]++;
    }
    for (int length = 1; length <= longest; length++) {
      places[length] += places[length - 1];
    }
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[places[lengths[i]]++] = i;
    }
    return sorted;
  }
}
