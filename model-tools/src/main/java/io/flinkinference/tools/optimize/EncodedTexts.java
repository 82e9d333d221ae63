package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/** Texts as the token ids of a model, not longer than what is computed with offline. */
final class EncodedTexts {

  private static final int MOST_TOKENS = 128;

  private EncodedTexts() {}

  /** All texts in their order. */
  static List<Encoding> of(Model model, List<SampleText> texts) {
    return spread(model, texts, Integer.MAX_VALUE);
  }

  /** About so many, spread over the texts, whose order may be one by kinds. */
  static List<Encoding> spread(Model model, List<SampleText> texts, int most) {
    int step = Math.max(1, texts.size() / most);
    List<Encoding> encodings = new ArrayList<>();
    try (TextEncoder encoder = TextEncoder.open(model, MOST_TOKENS)) {
      for (int i = 0; i < texts.size(); i += step) {
        encodings.add(encoder.encode(texts.get(i).text()));
      }
    }
    return encodings;
  }
}
