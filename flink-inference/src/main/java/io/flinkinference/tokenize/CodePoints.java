package io.flinkinference.tokenize;

/**
 * Finds characters by the number of code points before them. Quick where the numbers that are asked
 * for grow, as those of tokens do. For one thread.
 */
final class CodePoints {

  private final String text;
  private int count;
  private int index;

  CodePoints(String text) {
    this.text = text;
  }

  /** Index, in UTF-16 units, of the code point that so many come before. */
  int index(int codePoints) {
    index = text.offsetByCodePoints(index, codePoints - count);
    count = codePoints;
    return index;
  }
}
