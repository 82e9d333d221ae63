package io.flinkinference.batch;

import java.util.List;

/**
 * What an engine run costs: something for the run, and something for each token that it computes.
 *
 * @param runNanos nanoseconds of a run, whatever is in it
 * @param tokenNanos nanoseconds of each padded token, above 0
 */
public record RunCost(double runNanos, double tokenNanos) {

  /**
   * A guess for devices that were not measured. Only the ratio of the two matters to a batch: on a
   * CPU a run of 8 tokens takes 2.7 times, and one of 16 tokens 1.7 times, as long a token as a run
   * of hundreds, so a run costs as much as 13 tokens.
   */
  public static final RunCost TYPICAL = new RunCost(13 * 80_000.0, 80_000.0);

  private static final double ROUNDING = 1e-9;

  public RunCost {
    if (!(runNanos >= 0) || !(tokenNanos > 0)) {
      throw new IllegalArgumentException(
          "A run costs at least nothing and a token more than that, not "
              + runNanos
              + " and "
              + tokenNanos
              + " ns.");
    }
  }

  /**
   * The straight line through measured runs, by least squares of the relative error: a short run
   * counts as much as a long one.
   *
   * @param measured at least one run
   */
  public static RunCost fit(List<MeasuredRun> measured) {
    double weights = 0;
    double tokens = 0;
    double nanos = 0;
    double tokensTokens = 0;
    double tokensNanos = 0;
    for (MeasuredRun run : measured) {
      double weight = 1.0 / ((double) run.nanos() * run.nanos());
      weights += weight;
      tokens += weight * run.paddedTokens();
      nanos += weight * run.nanos();
      tokensTokens += weight * run.paddedTokens() * run.paddedTokens();
      tokensNanos += weight * run.paddedTokens() * run.nanos();
    }
    double spread = weights * tokensTokens - tokens * tokens;
    // Runs of one size have no spread but what rounding leaves.
    boolean flat = spread <= ROUNDING * weights * tokensTokens;
    double slope = flat ? 0 : (weights * tokensNanos - tokens * nanos) / spread;
    double start = (nanos - slope * tokens) / weights;
    // Noise, or runs of one size only: the line through the origin.
    return slope > 0 && start >= 0
        ? new RunCost(start, slope)
        : new RunCost(0, Math.max(1e-3, tokensNanos / tokensTokens));
  }

  /** Nanoseconds of a run. */
  public double nanos(int paddedTokens) {
    return runNanos + tokenNanos * paddedTokens;
  }

  /** Most tokens of a run that takes no longer than that; at least 1. */
  public int tokensWithin(double nanos) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (nanos - runNanos) / tokenNanos));
  }

  /** What a run costs in tokens. */
  public double runInTokens() {
    return runNanos / tokenNanos;
  }
}
