package io.flinkinference.task;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.StackDigest;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.Window;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.TextTooLongException;
import io.flinkinference.tokenize.TokenizationException;
import io.flinkinference.tokenize.Tokenizer;
import java.util.List;

/**
 * From an input of the model to its token ids, of one window or several.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 *
 * @param tokenizer encodes
 * @param policy what becomes of long texts
 * @param spans whether encodings say where tokens stand
 * @param ofSecond whether the second text of a pair is the one that is cut into windows
 * @param vocabularySize ids of tokens that the model knows lie below it
 */
record InputEncoder(
    Tokenizer tokenizer, TextPolicy policy, boolean spans, boolean ofSecond, int vocabularySize) {

  /**
   * Tries the options.
   *
   * @throws IllegalArgumentException if windows have no room for more than their overlap, or tokens
   *     would be read as neighbours that are none
   * @throws UnscorableException if no text can be scored, for the prefix has an unknown token
   * @throws UnsupportedOperationException if the tokenizer does not do what they ask for
   */
  InputEncoder {
    if (spans && policy.tooLong() == LongText.KEEP_BOTH_ENDS) {
      throw new IllegalArgumentException(
          "inference.text.too-long is KEEP_BOTH_ENDS, but the task finds what stands in a text by"
              + " tokens that are neighbours, and the two ends are none: one entity could cover all"
              + " that was left out between them. Set WINDOW, which looks at the whole text, or"
              + " KEEP_START or KEEP_END.");
    }
    // On the first record it would be too late: the job would restart, and meet it again.
    TextInput any = TextInput.of("a");
    requireKnownIds(spans ? tokenizer.encodeWithSpans(any) : tokenizer.encode(any), vocabularySize);
    if (policy.tooLong() == LongText.WINDOW) {
      int room = 1 + tokenizer.encodeWhole(any, Kept.START, spans).left();
      if (policy.windows().overlap() >= room) {
        throw new IllegalArgumentException(
            "inference.text.window-overlap is "
                + policy.windows().overlap()
                + ", but a window has room for no more than "
                + room
                + " tokens of a text, so it would have nothing new. Lower it to half of that or less.");
      }
    }
  }

  /** With the model's tokenizer, and the prefix that the policy asks for. */
  static InputEncoder of(LoadedModel model, TextPolicy policy, boolean spans, boolean ofSecond) {
    return new InputEncoder(
        policy.prefix().tokenizer(model),
        policy,
        spans,
        ofSecond,
        model.model().config().vocabularySize());
  }

  /**
   * Encodes.
   *
   * @return one window, or more where the text is too long and that is its policy
   * @throws UnscorableException if the record is to become a dead letter
   */
  List<Window> encode(TextInput input) {
    try {
      List<Window> windows =
          switch (policy.tooLong()) {
            case TRUNCATE -> List.of(Window.whole(byTokenizer(input)));
            case KEEP_START -> List.of(Window.whole(keep(input, Kept.START)));
            case KEEP_END -> List.of(Window.whole(keep(input, Kept.END)));
            case KEEP_BOTH_ENDS -> List.of(Window.whole(keep(input, Kept.BOTH_ENDS)));
            case WINDOW -> windows(input);
            case DEAD_LETTER -> List.of(Window.whole(notCut(input)));
          };
      for (Window window : windows) {
        requireKnownIds(window.encoding(), vocabularySize);
      }
      return windows;
    } catch (TextTooLongException e) {
      throw new UnscorableException(DeadLetterReason.TOO_LONG, e.getMessage());
    } catch (TokenizationException e) {
      throw new UnscorableException(
          DeadLetterReason.TOKENIZER_FAILURE, e.getMessage(), StackDigest.of(e, TextReader.class));
    }
  }

  /**
   * Checks that the model has a row for each token; here, where the text is known to be at fault,
   * for the engine would only know that it failed.
   *
   * @throws UnscorableException if it has none for one
   */
  static void requireKnownIds(Encoding encoding, int vocabularySize) {
    for (int position = 0; position < encoding.length(); position++) {
      int id = encoding.id(position);
      if (id < 0 || id >= vocabularySize) {
        throw new UnscorableException(
            DeadLetterReason.TOKENIZER_FAILURE,
            "Token id "
                + id
                + " lies outside the vocabulary of "
                + vocabularySize
                + " (\"vocab_size\" in config.json): tokenizer.json adds a token for which the"
                + " model has no row. Take it out of the text and its prefix, or export the model"
                + " with a row for it.");
      }
    }
  }

  private Encoding byTokenizer(TextInput input) {
    return spans ? tokenizer.encodeWithSpans(input) : tokenizer.encode(input);
  }

  private Encoding keep(TextInput input, Kept kept) {
    return tokenizer.encodeWhole(input, kept, spans).keep(kept);
  }

  private List<Window> windows(TextInput input) {
    WindowOptions options = policy.windows();
    return tokenizer
        .encodeWhole(input, Kept.START, spans)
        .windows(options.overlap(), options.most(), ofSecond && input.pair() != null);
  }

  private Encoding notCut(TextInput input) {
    Encoding encoding = byTokenizer(input);
    if (encoding.truncated()) {
      throw new UnscorableException(
          DeadLetterReason.TOO_LONG,
          "The text of "
              + (input.text().length() + (input.pair() == null ? 0 : input.pair().length()))
              + " characters is too long: of its tokens only the first "
              + encoding.length()
              + " could be scored. Shorten it, or set inference.text.too-long to TRUNCATE or"
              + " WINDOW.");
    }
    return encoding;
  }
}
