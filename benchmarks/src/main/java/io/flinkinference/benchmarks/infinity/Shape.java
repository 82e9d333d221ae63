package io.flinkinference.benchmarks.infinity;

/**
 * The shape of a model of DistilBERT's kind (<a href="https://arxiv.org/abs/1910.01108">Sanh et al.
 * 2019</a>).
 *
 * @param layers of attention and feed-forward network
 * @param width of the vector of a token
 * @param heads of attention; they share the width
 * @param inner width of the feed-forward network
 * @param words in the vocabulary
 * @param positions most tokens of a text
 * @param labels among which a text is classified
 */
record Shape(int layers, int width, int heads, int inner, int words, int positions, int labels) {

  /** distilbert-base-uncased, as a classifier of two labels: 66,955,010 parameters. */
  static final Shape DISTILBERT_BASE = new Shape(6, 768, 12, 3_072, 30_522, 512, 2);

  Shape {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          heads + " heads cannot share a width of " + width + " evenly.");
    }
  }
}
