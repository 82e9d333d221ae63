package io.flinkinference.reliability.rig;

/**
 * A record of the load.
 *
 * @param number which one it is: the subtask that made it times 2^32, and its place there
 * @param enteredNanos {@link System#nanoTime} just before the operator
 * @param text what is scored
 */
public record NumberedText(long number, long enteredNanos, String text) {

  /** Bits of {@link #number} that count the records of one subtask. */
  static final int PLACE_BITS = 32;
}
