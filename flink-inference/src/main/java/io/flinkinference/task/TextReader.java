package io.flinkinference.task;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;
import java.util.function.Function;

/**
 * From a record to its token ids, or to the reason why it has none.
 *
 * <p><b>Thread safety:</b> that of the extractor.
 *
 * @param <T> type of the records
 */
public final class TextReader<T> {

  private final Function<T, String> text;
  private final Tokenizer tokenizer;
  private final boolean rejectBlank;

  /**
   * @param text finds the text in a record
   * @param tokenizer encodes it
   * @param rejectBlank whether a text that is empty or white space is refused
   */
  public TextReader(Function<T, String> text, Tokenizer tokenizer, boolean rejectBlank) {
    this.text = text;
    this.tokenizer = tokenizer;
    this.rejectBlank = rejectBlank;
  }

  /**
   * Encodes a record's text.
   *
   * @throws UnscorableException if there is no text or it cannot be encoded
   */
  public Encoding read(T record) {
    String extracted = extract(record);
    if (extracted == null) {
      throw new UnscorableException(
          DeadLetterReason.NULL_TEXT, "The record has no text: the extractor returned null.");
    }
    if (rejectBlank && extracted.isBlank()) {
      throw new UnscorableException(
          DeadLetterReason.BLANK_TEXT,
          "The text is blank (" + extracted.length() + " characters of white space).");
    }
    try {
      return tokenizer.encode(TextInput.of(extracted));
    } catch (TokenizationException e) {
      throw new UnscorableException(DeadLetterReason.TOKENIZER_FAILURE, e.getMessage());
    }
  }

  private String extract(T record) {
    try {
      return text.apply(record);
    } catch (UnscorableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnscorableException(
          DeadLetterReason.EXTRACTOR_FAILURE, "The text extractor threw " + e);
    }
  }
}
