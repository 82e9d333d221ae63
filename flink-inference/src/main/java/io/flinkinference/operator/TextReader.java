package io.flinkinference.operator;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;
import org.apache.flink.util.function.SerializableFunction;

/**
 * From a record to its token ids, or to the reason why it has none. Owned by the mailbox thread.
 */
final class TextReader<IN> {

  private final SerializableFunction<IN, String> text;
  private final Tokenizer tokenizer;
  private final boolean rejectBlank;

  TextReader(SerializableFunction<IN, String> text, Tokenizer tokenizer, boolean rejectBlank) {
    this.text = text;
    this.tokenizer = tokenizer;
    this.rejectBlank = rejectBlank;
  }

  Encoding read(IN record) throws UnreadableTextException {
    String extracted = extract(record);
    if (extracted == null) {
      throw new UnreadableTextException(
          DeadLetterReason.NULL_TEXT, "The record has no text: the extractor returned null.");
    }
    if (rejectBlank && extracted.isBlank()) {
      throw new UnreadableTextException(
          DeadLetterReason.BLANK_TEXT,
          "The text is blank (" + extracted.length() + " characters of white space).");
    }
    try {
      return tokenizer.encode(TextInput.of(extracted));
    } catch (TokenizationException e) {
      throw new UnreadableTextException(DeadLetterReason.TOKENIZER_FAILURE, e.getMessage());
    }
  }

  private String extract(IN record) throws UnreadableTextException {
    try {
      return text.apply(record);
    } catch (UnscorableException e) {
      throw new UnreadableTextException(e.reason(), e.getMessage());
    } catch (RuntimeException e) {
      throw new UnreadableTextException(
          DeadLetterReason.EXTRACTOR_FAILURE, "The text extractor threw " + e);
    }
  }
}
