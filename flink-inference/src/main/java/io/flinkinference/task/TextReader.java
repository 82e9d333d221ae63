package io.flinkinference.task;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.StackDigest;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * From a record to its token ids, or to what becomes of it without.
 *
 * <p><b>Thread safety:</b> that of the extractor.
 *
 * @param <T> type of the records
 */
public final class TextReader<T> {

  private final Function<T, String> text;
  private final Function<T, String> pair; // Null where records have one text.
  private final InputForm form;
  private final TextPolicy policy;
  private final InputEncoder encoder;

  /**
   * @param text finds the text in a record; null, or an {@link UnscorableException} with the reason
   *     {@link DeadLetterReason#NULL_TEXT}, where there is none
   * @param pair finds the second text in the same way; null where records have one text
   * @param form what the model reads of it
   * @param model encodes it, with the prefix that the policy asks for
   * @param policy what becomes of blank and of long texts
   * @param spans whether encodings say where tokens stand, as {@link Task#needsSpans} says
   */
  public TextReader(
      Function<T, String> text,
      Function<T, String> pair,
      InputForm form,
      LoadedModel model,
      TextPolicy policy,
      boolean spans) {
    this(text, pair, form, InputEncoder.of(model, policy, spans, form.textStandsSecond()));
  }

  TextReader(
      Function<T, String> text, Function<T, String> pair, InputForm form, InputEncoder encoder) {
    this.text = text;
    this.pair = pair;
    this.form = form;
    this.policy = encoder.policy();
    this.encoder = encoder;
  }

  /**
   * Encodes a record's text.
   *
   * @throws UnscorableException if the record is to become a dead letter
   * @throws UnavailableException if the extractor lacks something that is no record's fault
   */
  public TextReading read(T record) {
    String first;
    String second;
    try {
      first = extract(text, record);
      second = pair == null ? null : extract(pair, record);
    } catch (UnscorableException e) {
      if (e.reason() == DeadLetterReason.NULL_TEXT) {
        return withoutText(e);
      }
      throw e;
    }
    if (policy.blank() != BlankText.SCORE) {
      if (first.isBlank()) {
        return withoutText(blank("text", first));
      }
      if (second != null && second.isBlank()) {
        return withoutText(blank("second text", second));
      }
    }
    TextInput read = new TextInput(first, second);
    if (form.count() == 1) {
      List<Window> windows = encoder.encode(form.input(read, 0));
      return windows.size() == 1
          ? new TextReading.Encoded(windows.get(0).encoding())
          : new TextReading.EncodedParts(List.of(windows));
    }
    List<List<Window>> inputs = new ArrayList<>(form.count());
    for (int i = 0; i < form.count(); i++) {
      inputs.add(encoder.encode(form.input(read, i)));
    }
    return new TextReading.EncodedParts(inputs);
  }

  private static UnscorableException blank(String what, String text) {
    return new UnscorableException(
        DeadLetterReason.BLANK_TEXT,
        "The " + what + " is blank (" + text.length() + " characters of white space).");
  }

  private static <T> String extract(Function<T, String> extractor, T record) {
    String extracted;
    try {
      extracted = extractor.apply(record);
    } catch (UnscorableException | UnavailableException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      // Also what is thrown undeclared, and a parser that recurses into a deeply nested record.
      throw new UnscorableException(
          DeadLetterReason.EXTRACTOR_FAILURE,
          "The text extractor threw " + e,
          StackDigest.of(e, TextReader.class));
    }
    if (extracted == null) {
      throw new UnscorableException(
          DeadLetterReason.NULL_TEXT, "The record has no text: the extractor returned null.");
    }
    return extracted;
  }

  private TextReading withoutText(UnscorableException refusal) {
    return switch (policy.blank()) {
      case SKIP -> TextReading.NoText.SKIPPED;
      case EMPTY_RESULT -> TextReading.NoText.EMPTY_RESULT;
      case DEAD_LETTER, SCORE -> throw refusal;
    };
  }
}
