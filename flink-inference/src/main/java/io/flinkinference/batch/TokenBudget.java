package io.flinkinference.batch;

/**
 * How many padded tokens a batch may have at the moment: no more than the owner wants, and no more
 * than the device's memory has proved to hold.
 *
 * <p>A run that lacks memory halves the budget at once. It grows back by an eighth after each
 * {@link #RECOVERY_RUNS} good runs that used it, so that a device with too little memory is asked
 * for too much only now and then.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class TokenBudget {

  /** Good runs before the budget grows again. */
  static final int RECOVERY_RUNS = 200;

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private volatile int wanted;
  private volatile int affordable = UNLIMITED;
  private int goodRuns; // Guarded by this.

  /**
   * @param wanted most padded tokens in a batch of more than one row, at least 1
   */
  public TokenBudget(int wanted) {
    want(wanted);
  }

  /** Padded tokens that a batch of more than one row may have now. */
  public int tokens() {
    return Math.min(wanted, affordable);
  }

  /** Sets what the owner wants, at least 1. */
  public void want(int tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException("A token budget is at least 1, not " + tokens + ".");
    }
    wanted = tokens;
  }

  /** Says that a run of that size lacked memory. */
  public synchronized void outOfMemory(int paddedTokens) {
    // A small run may fail because of a large one beside it: then the budget is halved, no more.
    // Runs of the old size may fail one after another: they halve it once.
    affordable = Math.max(1, Math.min(affordable, Math.max(paddedTokens, tokens()) / 2));
    goodRuns = 0;
  }

  /** Says that a run of that size went well. */
  public void ranWell(int paddedTokens) {
    if (affordable != UNLIMITED) {
      recover(paddedTokens);
    }
  }

  private synchronized void recover(int paddedTokens) {
    if (paddedTokens < affordable / 2 || ++goodRuns < RECOVERY_RUNS) {
      return; // Small runs say nothing about larger ones.
    }
    goodRuns = 0;
    int grown = affordable + Math.max(1, affordable / 8);
    affordable = grown >= wanted ? UNLIMITED : grown;
  }
}
