package io.flinkinference.model;

/** How the vectors of a text's tokens become one vector. */
public enum Pooling {
  /** The vector of the first token. */
  CLS,
  /** The mean over the tokens, padding excluded. */
  MEAN
}
