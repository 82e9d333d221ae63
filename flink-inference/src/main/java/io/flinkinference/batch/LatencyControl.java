package io.flinkinference.batch;

import java.util.function.IntSupplier;

/**
 * Keeps the p99 of the time from acceptance to emission under a target, by the size of batches and
 * by how much is accepted.
 *
 * <p><b>Batches.</b> A record waits for at most the runs before its own, then for its own. A run
 * may take a quarter of the target; how many tokens that is says the measured {@link RunCost},
 * corrected by what runs take now: at once where they are slower, slowly where they are faster.
 *
 * <p><b>Acceptance.</b> Under overload no batch size helps: what is in flight divided by the
 * throughput is the time that a record takes (Little's law). So a window bounds the tokens in
 * flight. It starts at what the engine does in half the target. Where more than one record in a
 * hundred misses the target it falls at once, in proportion, and what was accepted before is not
 * counted again, but never below one batch for each run that may be under way; where all is well
 * and the window was used up, it grows slowly.
 *
 * <p>Owned by one thread.
 */
public final class LatencyControl {

  private static final int SAMPLES = 200;
  private static final int MISSES = SAMPLES / 100;
  private static final double RUN_SHARE = 0.25;
  private static final double COMFORT = 0.8;
  private static final double GROWTH = 1.05;
  private static final double FASTER = 0.02;
  private static final double SLOWER = 0.5;

  /** One run that the whole machine stopped for says little about the next. */
  private static final double OUTLIER = 4;

  private final long targetNanos;
  private final RunCost cost;
  private final IntSupplier runs;
  private final int mostTokensPerBatch;
  private final int mostTokensInFlight;
  private final TokenBudget budget;

  private double slowness = 1;
  private double window;
  private boolean windowUsedUp;
  private long countedFrom = Long.MIN_VALUE;
  private int samples;
  private int misses;
  private int uncomfortable;
  private long worst;

  /**
   * @param targetNanos p99 from acceptance to emission that is wanted
   * @param cost of runs, measured
   * @param runs that may be under way for these records at once, as the engine is shared now
   * @param mostTokensInFlight bound of the window
   * @param budget is led; what it wants now is the most that it will get
   */
  public LatencyControl(
      long targetNanos,
      RunCost cost,
      IntSupplier runs,
      int mostTokensInFlight,
      TokenBudget budget) {
    this.targetNanos = targetNanos;
    this.cost = cost;
    this.runs = runs;
    this.mostTokensPerBatch = budget.tokens();
    this.mostTokensInFlight = mostTokensInFlight;
    this.budget = budget;
    follow();
    this.window =
        Math.max(budget.tokens(), (double) runs.getAsInt() * cost.tokensWithin(0.5 * targetNanos));
  }

  /** Most tokens in flight now; a single longer record is to be accepted all the same. */
  public int tokensInFlight() {
    return (int) Math.max(1, Math.min(window, mostTokensInFlight));
  }

  /** Says that a record had to wait because the window was full. */
  public void windowWasFull() {
    windowUsedUp = true;
  }

  /** Says what a run took. */
  public void ran(int paddedTokens, long nanos) {
    double now = Math.min(OUTLIER, nanos / cost.nanos(paddedTokens));
    slowness += (now - slowness) * (now > slowness ? SLOWER : FASTER);
    follow();
  }

  /** Says that a record was emitted. Times by {@link System#nanoTime}. */
  public void emitted(long acceptedNanos, long nowNanos) {
    if (acceptedNanos - countedFrom < 0 && countedFrom != Long.MIN_VALUE) {
      return; // Accepted before the window fell.
    }
    long took = nowNanos - acceptedNanos;
    samples++;
    worst = Math.max(worst, took);
    if (took > targetNanos) {
      misses++;
    }
    if (took > COMFORT * targetNanos) {
      uncomfortable++;
    }
    if (misses > MISSES) {
      fall(nowNanos);
    } else if (samples == SAMPLES) {
      if (uncomfortable <= MISSES && windowUsedUp) {
        window = Math.min(mostTokensInFlight, window * GROWTH);
      }
      startOver();
    }
  }

  private void fall(long nowNanos) {
    double inUse = Math.min(window, mostTokensInFlight);
    // Never below what can run at once: what misses the target then is missed whatever is in
    // flight, such as texts whose own run takes longer, and all others would only be slower for it.
    double floor = Math.min(inUse, (double) runs.getAsInt() * budget.tokens());
    window = Math.max(floor, inUse * Math.max(0.5, COMFORT * targetNanos / worst));
    countedFrom = nowNanos;
    startOver();
  }

  private void startOver() {
    samples = 0;
    misses = 0;
    uncomfortable = 0;
    worst = 0;
    windowUsedUp = false;
  }

  private void follow() {
    int tokens = cost.tokensWithin(RUN_SHARE * targetNanos / slowness);
    budget.want(Math.min(tokens, mostTokensPerBatch));
  }
}
