package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizationTest {

  private static final String ABOVE = "\u0301";
  private static final String BELOW = "\u0316";

  @ParameterizedTest
  @EnumSource(Normalizer.Form.class)
  void textsOfPeopleAreThoseOfTheJdk(Normalizer.Form form) {
    String text =
        "Ça va? a" + ABOVE + BELOW + " Tiếng Việt ｶﾞ 한국어 \uD834\uDD5E" + BELOW.repeat(30) + ABOVE;
    assertThat(Normalization.of(text, form)).isEqualTo(Normalizer.normalize(text, form));
  }

  /** By insertion this takes some billions of steps. */
  @Test
  @Timeout(30)
  void aTextOfMarksAloneTakesNoTimeToSpeakOf() {
    String marks = "a" + ABOVE.repeat(400_000) + BELOW.repeat(400_000);
    for (Normalizer.Form form : Normalizer.Form.values()) {
      assertThat(Normalization.of(marks, form)).hasSizeBetween(800_000, 800_001);
    }
  }
}
