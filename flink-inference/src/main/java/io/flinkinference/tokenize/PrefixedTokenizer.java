package io.flinkinference.tokenize;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import java.util.Objects;

/**
 * Puts the same words before each text; of a pair, before the first.
 *
 * <p><b>Thread safety:</b> that of the tokenizer behind it.
 */
public final class PrefixedTokenizer implements Tokenizer {

  private final Tokenizer tokenizer;
  private final String prefix;
  private volatile WholeText prefixAlone; // Encoded when it is first needed.

  /**
   * @param tokenizer not owned
   */
  public PrefixedTokenizer(Tokenizer tokenizer, String prefix) {
    this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
    this.prefix = Objects.requireNonNull(prefix, "prefix");
  }

  @Override
  public Encoding encode(TextInput input) {
    return tokenizer.encode(new TextInput(prefix + input.text(), input.pair()));
  }

  /** Not known: it would count from the beginning of the prefix. */
  @Override
  public Encoding encodeWithSpans(TextInput input) {
    throw withoutSpans();
  }

  private UnsupportedOperationException withoutSpans() {
    return new UnsupportedOperationException(
        "Texts have '"
            + prefix
            + "' before them, and where tokens stand in a text is not known behind a prefix. Set"
            + " inference.text.prefix to '', and score a task that needs the prefix by itself.");
  }

  /** The tokens of the prefix stand in each part that is made of the text. */
  @Override
  public WholeText encodeWhole(TextInput input, Kept kept, boolean spans) {
    if (spans) {
      throw withoutSpans();
    }
    int characters = Math.max(0, maxCharacters() - prefix.length());
    Excerpt excerpt = Excerpt.of(input.text(), characters, kept);
    TextInput whole = new TextInput(prefix + excerpt.text(), input.pair());
    WholeText encoded = tokenizer.encodeWhole(whole, kept, false);
    return encoded.withPrefix(encoded.fits() ? 0 : prefixTokens(encoded), excerpt.cut());
  }

  /** Those that the prefix has alone, as far as they are the same before a text. */
  private int prefixTokens(WholeText text) {
    WholeText alone = prefixAlone;
    if (alone == null) {
      alone = tokenizer.encodeWhole(TextInput.of(prefix), Kept.START, false);
      prefixAlone = alone; // Two threads may both encode it; either will do.
    }
    int start = text.start();
    int same = 0;
    while (start + same < Math.min(alone.length(), text.length())
        && alone.id(start + same) == text.id(start + same)) {
      same++;
    }
    return same;
  }

  @Override
  public int maxCharacters() {
    return tokenizer.maxCharacters();
  }

  @Override
  public void close() {}
}
