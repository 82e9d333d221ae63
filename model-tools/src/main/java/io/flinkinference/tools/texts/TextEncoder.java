package io.flinkinference.tools.texts;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Kept;
import io.flinkinference.tokenize.Tokenizer;

/**
 * Makes token ids of texts as the operator does: with the prompt that the model puts before each,
 * cut at the end that the model cuts.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class TextEncoder implements AutoCloseable {

  private static final int MOST_CHARACTERS = 10_000;

  private final Tokenizer tokenizer;
  private final String prompt;

  private TextEncoder(Tokenizer tokenizer, String prompt) {
    this.tokenizer = tokenizer;
    this.prompt = prompt;
  }

  /**
   * Opens one.
   *
   * @param mostTokens of an encoding, or fewer where the model takes no more
   */
  public static TextEncoder open(Model model, int mostTokens) {
    int most = Math.min(mostTokens, model.config().maxTokens());
    Kept kept = model.config().layout().truncateLeft() ? Kept.END : Kept.START;
    return new TextEncoder(
        DjlTokenizer.open(model.tokenizerFile(), most, MOST_CHARACTERS, kept),
        model.config().prompts().byDefault());
  }

  /**
   * The token id that texts of a model end in. Graphs that pool by it, as BART's do, fail on a row
   * without it.
   */
  public static int endOf(Model model) {
    try (TextEncoder encoder = open(model, model.config().maxTokens())) {
      Encoding text = encoder.encode("a");
      return text.id(text.length() - 1);
    }
  }

  /** The token ids of a text. */
  public Encoding encode(String text) {
    return encode(text, null);
  }

  /**
   * The token ids of a text and a second one.
   *
   * @param second null where there is none
   */
  public Encoding encode(String text, String second) {
    return tokenizer.encode(new TextInput(prompt + text, second));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
