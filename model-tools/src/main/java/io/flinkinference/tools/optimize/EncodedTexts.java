package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SecondTexts;
import io.flinkinference.tools.texts.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts as the token ids of a model, not longer than what is computed with offline; with a second
 * text beside each where the model judges two.
 */
final class EncodedTexts {

  private static final int MOST_TOKENS = 128;
  private static final int MOST_TOKENS_OF_LONG = 512;
  private static final int CHARACTERS_OF_LONG = 8 * MOST_TOKENS_OF_LONG;

  private EncodedTexts() {}

  /**
   * All texts in their order, and behind them a few long ones that are made of them: what stands
   * far behind in a text has positions, and at times numbers, that short texts never show. None
   * where there are no texts, or a model takes no longer ones.
   */
  static List<Encoding> withLong(Model model, List<SampleText> texts, int longOnes) {
    List<Encoding> all = new ArrayList<>(of(model, texts));
    boolean two = SecondTexts.areFor(ModelInspector.tasks(model), texts);
    if (!texts.isEmpty() && model.config().maxTokens() > MOST_TOKENS) {
      try (TextEncoder encoder = TextEncoder.open(model, MOST_TOKENS_OF_LONG)) {
        for (int i = 0; i < longOnes; i++) {
          int from = i * texts.size() / longOnes;
          String joined = joined(texts, from);
          all.add(two ? encoder.encode(texts.get(from).text(), joined) : encoder.encode(joined));
        }
      }
    }
    return all;
  }

  /** Texts one behind the other, from one on; behind the last comes the first. */
  private static String joined(List<SampleText> texts, int from) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; joined.length() < CHARACTERS_OF_LONG; i++) {
      joined.append(texts.get((from + i) % texts.size()).text()).append(' ');
    }
    return joined.toString();
  }

  /** All texts in their order. */
  static List<Encoding> of(Model model, List<SampleText> texts) {
    try (TextEncoder encoder = TextEncoder.open(model, MOST_TOKENS)) {
      boolean two = SecondTexts.areFor(ModelInspector.tasks(model), texts);
      List<Encoding> encoded = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        encoded.add(encoder.encode(texts.get(i).text(), two ? SecondTexts.of(texts, i) : null));
      }
      return encoded;
    }
  }
}
