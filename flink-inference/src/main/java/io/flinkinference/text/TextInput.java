package io.flinkinference.text;

import java.util.Objects;

/**
 * What a model reads: one text, or two for models that judge a pair.
 *
 * @param text the text; may be empty
 * @param pair the second text of a pair, or null
 */
public record TextInput(String text, String pair) {

  public TextInput {
    Objects.requireNonNull(text, "text");
  }

  /** A single text. */
  public static TextInput of(String text) {
    return new TextInput(text, null);
  }
}
