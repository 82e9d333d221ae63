package io.flinkinference.task;

/** What becomes of a text that has more tokens, or more characters, than the limits allow. */
public enum LongText {
  /** Its beginning is scored. */
  TRUNCATE,
  /** It becomes a dead letter. */
  DEAD_LETTER
}
