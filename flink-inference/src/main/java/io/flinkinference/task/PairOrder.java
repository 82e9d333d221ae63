package io.flinkinference.task;

/** Which text of a pair stands first before the model. */
public enum PairOrder {
  /** The record's text, then its second text. */
  TEXT_FIRST,
  /** The record's second text, then its text. */
  PAIR_FIRST
}
