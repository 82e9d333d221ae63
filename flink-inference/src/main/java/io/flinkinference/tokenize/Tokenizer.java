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

  @Override
  void close();
}
