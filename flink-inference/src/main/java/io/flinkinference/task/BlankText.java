package io.flinkinference.task;

/** What becomes of a record whose text is null, empty or white space. */
public enum BlankText {
  /** It becomes a dead letter. */
  DEAD_LETTER,
  /** It leaves no trace but in a metric. */
  SKIP,
  /** It gets the result that the task has for no text, without a run of the engine. */
  EMPTY_RESULT,
  /** It is scored as it is. A null, which cannot be scored, becomes a dead letter. */
  SCORE
}
