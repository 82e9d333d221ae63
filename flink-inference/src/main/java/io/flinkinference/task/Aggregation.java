package io.flinkinference.task;

/**
 * How the labels of tokens become entities, as the token-classification pipeline of transformers
 * names it ({@code aggregation_strategy}).
 */
public enum Aggregation {
  /** Each token with a label is one, and its label keeps its prefix, as in {@code B-PER}. */
  NONE,
  /** Neighbours of the same kind are one; a word may be torn where its tokens differ. */
  SIMPLE,
  /** Each word has the label of its first token. */
  FIRST,
  /** Each word has the label that is best in the mean of its tokens' scores. */
  AVERAGE,
  /** Each word has the label of the token that is surest. */
  MAX;

  /** Whether labels are those of words. */
  boolean ofWords() {
    return this == FIRST || this == AVERAGE || this == MAX;
  }
}
