package io.flinkinference;

/** The order in which results leave the operator. */
public enum OutputMode {
  /**
   * As they are ready, but never across a watermark. The shorter way: no result waits for another.
   * A short text may pass a long one, also one of the same key; without watermarks nothing limits
   * by how much.
   */
  UNORDERED,
  /** In the order of their records. */
  ORDERED
}
