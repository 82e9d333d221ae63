package io.flinkinference.batch;

/**
 * Chooses which of the waiting records form the next batch.
 *
 * <p>A pure function of the lengths and the budget: no clock, no state, no threads.
 */
@FunctionalInterface
public interface BatchingPolicy {

  /**
   * Chooses rows. The oldest record is always among them, so that none starves.
   *
   * @param waiting lengths of the waiting records, of which there is at least one
   * @param tokenBudget most padded tokens in a batch of more than one row, at least 1
   */
  Neighbours choose(WaitingLengths waiting, int tokenBudget);
}
