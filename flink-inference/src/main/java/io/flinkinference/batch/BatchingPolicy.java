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
   * @param lengths tokens of each waiting record in the order of arrival, the oldest at 0; only the
   *     first {@code count} are valid, and they must not be written to
   * @param count number of waiting records, at least 1
   * @param tokenBudget most padded tokens in a batch of more than one row, at least 1
   * @param chosen receives the positions of the chosen records in ascending order; has room for
   *     {@code count}
   * @return number of chosen records, at least 1; {@code chosen[0]} is 0
   */
  int choose(int[] lengths, int count, int tokenBudget, int[] chosen);
}
