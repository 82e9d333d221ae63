package io.flinkinference.text;

import java.util.Objects;

/**
 * A part of a text that a model reads in one go, and which part that is. Windows of one text share
 * tokens where they overlap.
 *
 * @param encoding its token ids, with the special tokens, and with the other text of a pair
 * @param at place in the encoding of its first token of the text
 * @param from number of that token among all tokens of the text, from 0
 * @param to number behind that of its last token
 */
public record Window(Encoding encoding, int at, int from, int to) {

  public Window {
    Objects.requireNonNull(encoding, "encoding");
  }

  /** The only window of a text that was not cut. */
  public static Window whole(Encoding encoding) {
    return new Window(encoding, 0, 0, encoding.length());
  }

  /** Number of its tokens that are the text's. */
  public int tokens() {
    return to - from;
  }
}
