package io.flinkinference.connectors.replay;

/** What becomes of a letter. */
enum Verdict {
  /** Its record is written. */
  SELECTED,
  /** It is none of those asked for. */
  NOT_SELECTED,
  /** It is one of those, but has come back too often. */
  CAME_BACK
}
