package io.flinkinference.tokenize;

/** What is kept of a text that is too long. */
public enum Kept {
  /** Its first tokens. */
  START,
  /** Its last tokens. */
  END,
  /** Half of the room for its first tokens, half for its last. */
  BOTH_ENDS
}
