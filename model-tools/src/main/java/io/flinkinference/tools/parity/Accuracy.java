package io.flinkinference.tools.parity;

import io.flinkinference.tools.texts.SampleText;
import java.util.List;
import java.util.OptionalDouble;

/** Share of texts for which a model says what is right. */
public final class Accuracy {

  private Accuracy() {}

  /** Empty where the texts have no labels, or the model makes no decisions. */
  public static OptionalDouble of(List<Answer> answers, List<SampleText> texts) {
    int right = 0;
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).label().isEmpty() || answers.get(i).label().isEmpty()) {
        return OptionalDouble.empty();
      }
      right += answers.get(i).label().equals(texts.get(i).label()) ? 1 : 0;
    }
    return OptionalDouble.of((double) right / texts.size());
  }
}
