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

  @Override
  public void close() {}
}
