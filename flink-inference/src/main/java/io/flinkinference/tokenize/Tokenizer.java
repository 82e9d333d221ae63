package io.flinkinference.tokenize;

import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;

/**
 * Turns a text into token ids.
 *
 * <p><b>Thread safety:</b> {@link #encode} may be called by any number of threads at once.
 */
public interface Tokenizer extends AutoCloseable {

  /**
   * Encodes a text with the special tokens of the model, truncated at the model's limit and not
   * padded.
   *
   * @throws TokenizationException if this text cannot be encoded; other texts are not affected
   */
  Encoding encode(TextInput input);

  /**
   * The same, with where each token stands in the text.
   *
   * @param input a single text
   * @throws TokenizationException if this text cannot be encoded; other texts are not affected
   * @throws UnsupportedOperationException if this tokenizer does not know that
   */
  default Encoding encodeWithSpans(TextInput input) {
    throw new UnsupportedOperationException(
        "This tokenizer does not tell where tokens stand in a text; set inference.text.tokenizer to"
            + " NATIVE.");
  }

  @Override
  void close();
}
