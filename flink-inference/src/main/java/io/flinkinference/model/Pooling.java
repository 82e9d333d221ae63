package io.flinkinference.model;

/**
 * How the vectors of a text's tokens become one vector; padding is left out. As the module {@code
 * Pooling} of sentence-transformers does it.
 */
public enum Pooling {
  /** The vector of the first token. */
  CLS,
  /** The mean over the tokens. */
  MEAN,
  /** The largest value of each component. */
  MAX,
  /** The sum over the n tokens, divided by the square root of n. */
  MEAN_SQRT_LEN,
  /** The mean over the tokens, the first weighing 1, the second 2, and so on. */
  WEIGHTED_MEAN,
  /** The vector of the last token. */
  LAST_TOKEN
}
