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

  /**
   * Encodes all of a text, so that the caller decides what becomes of one that is too long.
   *
   * @param input the text, or a pair of texts
   * @param kept what is looked at of a text that has more characters than this tokenizer takes
   * @param spans whether to tell where each token stands in the text, which must then be a single
   *     one
   * @throws TokenizationException if this text cannot be encoded; other texts are not affected
   * @throws UnsupportedOperationException if this tokenizer does not know that
   */
  default WholeText encodeWhole(TextInput input, Kept kept, boolean spans) {
    throw new UnsupportedOperationException(
        "This tokenizer cuts long texts in its own way only; set inference.text.too-long to"
            + " TRUNCATE.");
  }

  /** Most characters (UTF-16 units) of a text that it looks at. */
  default int maxCharacters() {
    return Integer.MAX_VALUE;
  }

  @Override
  void close();
}
