package io.flinkinference.task;

/** Of what a text vector consists. The forms and their names are sentence-transformers'. */
public enum VectorForm {
  /** Floats of 32 bits. */
  FLOAT32,
  /** A signed byte for each component: the range is cut into 255 steps. */
  INT8,
  /**
   * A bit for each component, 1 where it is above 0; eight make a byte, the first the highest bit,
   * and 128 is taken off, which makes it a signed one.
   */
  BINARY
}
