package io.flinkinference.text;

import java.util.Objects;

/**
 * Where the tokens of a text stand in it. Immutable; the arrays are shared, not copied, and must
 * not be written to.
 *
 * <p>Two are equal if their texts are: with the same tokenizer the same text has the same spans.
 */
public final class TokenSpans {

  /** Start and end of a token that stands for nothing in the text, such as {@code [CLS]}. */
  public static final int NONE = -1;

  private final String text;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] continuing;

  /**
   * @param text as it was given to the tokenizer
   * @param starts index of each token's first character (UTF-16 unit), or {@link #NONE}
   * @param ends index behind each token's last character, or {@link #NONE}
   * @param continuing whether a token goes on with the word of the one before it
   */
  public TokenSpans(String text, int[] starts, int[] ends, boolean... continuing) {
    this.text = Objects.requireNonNull(text, "text");
    if (starts.length != ends.length || starts.length != continuing.length) {
      throw new IllegalArgumentException(
          "There are %d starts, %d ends and %d marks of tokens."
              .formatted(starts.length, ends.length, continuing.length));
    }
    this.starts = starts;
    this.ends = ends;
    this.continuing = continuing;
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** Number of tokens. */
  public int length() {
    return starts.length;
  }

  /** Index of a token's first character, or {@link #NONE}. */
  public int start(int position) {
    return starts[position];
  }

  /** Index behind a token's last character, or {@link #NONE}. */
  public int end(int position) {
    return ends[position];
  }

  /** Whether a token goes on with the word of the one before it. */
  public boolean continuing(int position) {
    return continuing[position];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSpans that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Not the text: texts do not belong into logs. */
  @Override
  public String toString() {
    return "TokenSpans[" + starts.length + "]";
  }
}
