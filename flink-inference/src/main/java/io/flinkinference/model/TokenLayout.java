package io.flinkinference.model;

/**
 * How the tokens of a text lie in a row of a batch.
 *
 * @param padLeft whether padding comes before the text; matters to graphs that read the last token
 * @param truncateLeft whether a text that is too long loses its beginning, not its end
 * @param firstPosition position of a text's first token, for graphs that take {@code position_ids}
 */
public record TokenLayout(boolean padLeft, boolean truncateLeft, int firstPosition) {

  /** That of most encoders. */
  public static final TokenLayout USUAL = new TokenLayout(false, false, 0);
}
