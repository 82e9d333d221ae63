package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.TextEncoder;
import java.util.List;

/** Texts as the token ids of a model, not longer than what is computed with offline. */
final class EncodedTexts {

  private static final int MOST_TOKENS = 128;

  private EncodedTexts() {}

  /** All texts in their order. */
  static List<Encoding> of(Model model, List<SampleText> texts) {
    try (TextEncoder encoder = TextEncoder.open(model, MOST_TOKENS)) {
      return texts.stream().map(text -> encoder.encode(text.text())).toList();
    }
  }
}
