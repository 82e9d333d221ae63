package io.flinkinference.task;

/** How the length of a text vector is set. */
public enum Normalization {
  /** As the model directory says. */
  AS_MODEL,
  /** Scaled to length 1, so that the dot product of two vectors is their cosine. */
  UNIT_LENGTH,
  /** As the model gives it. */
  NONE
}
