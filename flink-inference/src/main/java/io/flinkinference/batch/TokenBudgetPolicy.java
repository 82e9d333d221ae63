package io.flinkinference.batch;

/**
 * Rows of like length under a budget of padded tokens.
 *
 * <p>Padding is what a batch wastes: a row costs as much as the longest beside it. So the
 * candidates are the runs of records that are neighbours by length and include the oldest record.
 * Of those that fit the budget, the one with the most useful tokens for its cost is taken; the cost
 * of a run is that of its padded tokens and something for the run itself. A record that is longer
 * than the budget runs alone.
 *
 * <p>The choice costs by the rows of the batches that may be best, not by all records that wait.
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
  public Neighbours choose(WaitingLengths waiting, int tokenBudget) {
    return new Search(waiting, tokenBudget).best();
  }

  /** The search for one batch: for each possible width, from the oldest record's on. */
  private final class Search {

    private final WaitingLengths waiting;
    private final int tokenBudget;

    // The neighbours that are looked at.
    private int longest;
    private int width;
    private int mostRows;
    private int ofLongest;
    private int rows;
    private int tokens;

    private int bestLongest;
    private int bestOfLongest;
    private int bestRows;
    private double bestUseful;

    Search(WaitingLengths waiting, int tokenBudget) {
      this.waiting = waiting;
      this.tokenBudget = tokenBudget;
    }

    Neighbours best() {
      int oldest = waiting.ofOldest();
      int notLonger = 0; // Records from the oldest's length up to those before the longest.
      int theirTokens = 0;
      longest = oldest;
      while (longest != WaitingLengths.NONE) {
        width = rounding.width(longest);
        mostRows = rounding.mostRows(tokenBudget / width);
        if (notLonger >= mostRows) {
          break; // Wider rows only get fewer.
        }
        rows = notLonger;
        tokens = theirTokens;
        ofLongest = 0;
        // All of this length, before any that are shorter than the oldest.
        int all = waiting.count(longest);
        grow(longest, all);
        int shorter = waiting.shorter(oldest);
        while (shorter != WaitingLengths.NONE && rows < mostRows && gainsBy(shorter)) {
          grow(shorter, waiting.count(shorter));
          shorter = waiting.shorter(shorter);
        }
        notLonger += all;
        theirTokens += all * longest;
        longest = waiting.longer(longest);
      }
      return new Neighbours(bestLongest, bestOfLongest, bestRows);
    }

    /** Adds rows as far as they fit, and looks at what may be best: the last that costs no more. */
    private void grow(int length, int count) {
      int left = Math.min(count, mostRows - rows);
      while (left > 0) {
        int added = Math.min(left, rounding.rows(rows + 1) - rows);
        left -= added;
        rows += added;
        tokens += added * length;
        ofLongest += length == longest ? added : 0;
        double useful = tokens / cost();
        if (useful > bestUseful) {
          bestUseful = useful;
          bestLongest = longest;
          bestOfLongest = ofLongest;
          bestRows = rows;
        }
      }
    }

    /** Whether rows of that length, or shorter ones, may be worth their cost. */
    private boolean gainsBy(int length) {
      // What is added to a mean lifts it only if it is above the mean itself.
      boolean full = rounding.rows(rows) == rows;
      return !full || length * cost() > (double) tokens * width;
    }

    private double cost() {
      return runInTokens + (double) rounding.rows(rows) * width;
    }
  }
}
