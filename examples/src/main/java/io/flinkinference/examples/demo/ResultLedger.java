package io.flinkinference.examples.demo;

import java.util.BitSet;

/**
 * Which records came back, and how often.
 *
 * <p>Thread safety: all methods may be called by any thread.
 */
final class ResultLedger {

  private final int produced;
  private final BitSet seen;
  private int duplicates;

  /**
   * @param produced number of records; their numbers are 0 until this
   */
  ResultLedger(int produced) {
    this.produced = produced;
    this.seen = new BitSet(produced);
  }

  /**
   * Enters a record that came back, with a result or as a dead letter.
   *
   * @return whether it had not come back before
   */
  synchronized boolean enter(int number) {
    if (number < 0 || number >= produced) {
      throw new IllegalStateException("Record " + number + " came back, which was never sent.");
    }
    if (seen.get(number)) {
      duplicates++;
      return false;
    }
    seen.set(number);
    return true;
  }

  /** Whether all records with numbers below a border have come back. */
  synchronized boolean isComplete(int border) {
    return seen.nextClearBit(0) >= border;
  }

  /** Records that came back, each counted once. */
  synchronized int returned() {
    return seen.cardinality();
  }

  /** Times that a record came back once more. */
  synchronized int duplicates() {
    return duplicates;
  }
}
