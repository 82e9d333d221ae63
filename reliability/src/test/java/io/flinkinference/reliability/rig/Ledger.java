package io.flinkinference.reliability.rig;

import java.util.BitSet;

/**
 * Which records have gone into the operator, and which have come out at least once, over restarts.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
public final class Ledger {

  private final BitSet[] out;
  private final int[] in;

  Ledger(int subtasks) {
    out = new BitSet[subtasks];
    in = new int[subtasks];
    for (int i = 0; i < subtasks; i++) {
      out[i] = new BitSet();
    }
  }

  synchronized void in(long number) {
    int source = source(number);
    in[source] = Math.max(in[source], place(number) + 1);
  }

  synchronized void out(long number) {
    out[source(number)].set(place(number));
  }

  /** Distinct records that went in. Each source counts without gaps. */
  public synchronized long entered() {
    long sum = 0;
    for (int records : in) {
      sum += records;
    }
    return sum;
  }

  /** Distinct records that came out, as results or dead letters. */
  public synchronized long left() {
    long sum = 0;
    for (BitSet records : out) {
      sum += records.cardinality();
    }
    return sum;
  }

  private static int source(long number) {
    return (int) (number >>> NumberedText.PLACE_BITS);
  }

  private static int place(long number) {
    return Math.toIntExact(number & 0xFFFF_FFFFL);
  }
}
