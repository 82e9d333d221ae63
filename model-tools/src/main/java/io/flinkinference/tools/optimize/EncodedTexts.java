package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Tokenizer;
import io.flinkinference.tools.texts.SampleText;
import java.util.ArrayList;
import java.util.List;

/** Texts as the token ids of a model, not longer than what is computed with offline. */
final class EncodedTexts {

  private static final int MOST_TOKENS = 128;
  private static final int MOST_CHARACTERS = 10_000;

  private EncodedTexts() {}

  /** All texts in their order. */
  static List<Encoding> of(Model model, List<SampleText> texts) {
    return spread(model, texts, Integer.MAX_VALUE);
  }

  /** About so many, spread over the texts, whose order may be one by kinds. */
  static List<Encoding> spread(Model model, List<SampleText> texts, int most) {
    int longest = Math.min(MOST_TOKENS, model.config().maxTokens());
    int step = Math.max(1, texts.size() / most);
    List<Encoding> encodings = new ArrayList<>();
    try (Tokenizer tokenizer = DjlTokenizer.open(model.tokenizerFile(), longest, MOST_CHARACTERS)) {
      for (int i = 0; i < texts.size(); i += step) {
        encodings.add(tokenizer.encode(TextInput.of(texts.get(i).text())));
      }
    }
    return encodings;
  }
}
