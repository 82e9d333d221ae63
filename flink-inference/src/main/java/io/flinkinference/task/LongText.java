package io.flinkinference.task;

/** What becomes of a text that has more tokens, or more characters, than the limits allow. */
public enum LongText {
  /** What its model's tokenizer.json keeps is scored: its beginning, unless that says otherwise. */
  TRUNCATE,
  /** Its first tokens are scored. */
  KEEP_START,
  /** Its last tokens are scored. */
  KEEP_END,
  /** Its first and its last tokens are scored, half and half; not for token classification. */
  KEEP_BOTH_ENDS,
  /** All of it is scored, in windows whose results are merged. */
  WINDOW,
  /** It becomes a dead letter. */
  DEAD_LETTER
}
