package io.flinkinference.tokenize;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;

/**
 * What tokenizers in Java have in common: how much of a text is looked at, the special tokens
 * around it, and what is kept of a long one.
 *
 * <p><b>Thread safety:</b> any number of threads may encode at once; so {@link #read} must take it.
 */
public abstract class JavaTokenizer implements Tokenizer {

  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Template template;
  private final int maxTokens;
  private final int maxCharacters;
  private final Kept kept;

  /**
   * @param template the special tokens
   * @param maxTokens most tokens of an encoding, special tokens included
   * @param maxCharacters most characters (UTF-16 units) of a text that are looked at
   * @param kept what is kept of a long text
   */
  protected JavaTokenizer(Template template, int maxTokens, int maxCharacters, Kept kept) {
    this.template = template;
    this.maxTokens = maxTokens;
    this.maxCharacters = maxCharacters;
    this.kept = kept;
  }

  /** Finds the tokens of a text, without the special ones around it. */
  protected abstract void read(String text, TokenIds ids);

  @Override
  public final Encoding encode(TextInput input) {
    return encodeWhole(input, kept, false).keep(kept);
  }

  @Override
  public final int maxCharacters() {
    return maxCharacters;
  }

  @Override
  public final WholeText encodeWhole(TextInput input, Kept ofCharacters, boolean spans) {
    if (spans) {
      return Tokenizer.super.encodeWhole(input, ofCharacters, true);
    }
    Excerpt text = Excerpt.of(input.text(), maxCharacters, ofCharacters);
    TokenIds first = tokens(text.text());
    if (input.pair() == null) {
      return template.around(first, maxTokens, text.cut());
    }
    Excerpt pair = Excerpt.of(input.pair(), maxCharacters, ofCharacters);
    return template.around(first, tokens(pair.text()), maxTokens, text.cut() || pair.cut());
  }

  private TokenIds tokens(String text) {
    TokenIds ids = new TokenIds(text.length() / CHARACTERS_PER_TOKEN + 2);
    read(text, ids);
    return ids;
  }

  @Override
  public final void close() {
    // Nothing but memory.
  }
}
