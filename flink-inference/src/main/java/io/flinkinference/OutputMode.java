package io.flinkinference;

/** The order in which results leave the operator. */
public enum OutputMode {
  /**
   * As they are ready, but never across a watermark. The shorter way: no result waits for another.
   */
  UNORDERED,
  /** In the order of their records. */
  ORDERED
}
