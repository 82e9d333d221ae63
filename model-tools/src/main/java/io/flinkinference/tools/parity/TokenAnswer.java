package io.flinkinference.tools.parity;

/**
 * The probabilities of all labels for each token of a text. Immutable by agreement.
 *
 * <p>All of them, not the entities alone: of a token near the border between two labels a form that
 * is as good as the original may take the other, and an entity would be there or not.
 */
final class TokenAnswer implements Answer {

  private final int labels;
  private final float[] probabilities;

  /**
   * @param labels how many there are
   * @param probabilities of the first token's labels, of the second's, and so on
   */
  TokenAnswer(int labels, float... probabilities) {
    this.labels = labels;
    this.probabilities = probabilities;
  }

  /** A decision for each token is none for the text. */
  @Override
  public String label() {
    return "";
  }

  /** The cosine of the angle between all probabilities; 1 where neither text has a token. */
  @Override
  public double similarity(Answer other) {
    if (!(other instanceof TokenAnswer tokens) || !isOfTheSameTokens(tokens)) {
      return 0;
    }
    return probabilities.length == 0
        ? 1
        : new VectorAnswer(probabilities).cosine(new VectorAnswer(tokens.probabilities));
  }

  /** The share of tokens with the same best label; 1 where neither text has a token. */
  @Override
  public double agreement(Answer other) {
    if (!(other instanceof TokenAnswer tokens) || !isOfTheSameTokens(tokens)) {
      return 0;
    }
    if (probabilities.length == 0) {
      return 1;
    }
    int count = probabilities.length / labels;
    int agreed = 0;
    for (int token = 0; token < count; token++) {
      agreed += best(token) == tokens.best(token) ? 1 : 0;
    }
    return (double) agreed / count;
  }

  private boolean isOfTheSameTokens(TokenAnswer other) {
    return labels == other.labels && probabilities.length == other.probabilities.length;
  }

  private int best(int token) {
    int best = 0;
    for (int label = 1; label < labels; label++) {
      if (probabilities[token * labels + label] > probabilities[token * labels + best]) {
        best = label;
      }
    }
    return best;
  }
}
