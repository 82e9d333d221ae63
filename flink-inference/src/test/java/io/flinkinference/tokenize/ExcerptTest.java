package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExcerptTest {

  @ParameterizedTest
  @EnumSource(Kept.class)
  void everyCharacterIsFoundAgainInTheWholeText(Kept kept) {
    String text = "abc\uD83D\uDE00def\uD83D\uDE00ghi";
    for (int most = 1; most < text.length(); most++) {
      Excerpt excerpt = Excerpt.of(text, most, kept);
      assertThat(excerpt.cut()).isTrue();
      assertThat(excerpt.text().length()).isBetween(most - 2, most);
      assertThat(TextCleaner.replaceLoneSurrogates(excerpt.text())).isSameAs(excerpt.text());
      for (int i = 0; i < excerpt.text().length(); i++) {
        char c = excerpt.text().charAt(i);
        if (c != ' ') {
          assertThat(text.charAt(excerpt.index(i))).isEqualTo(c);
        }
      }
    }
    assertThat(Excerpt.of(text, text.length(), kept).text()).isSameAs(text);
  }

  @Test
  void bothEndsAreApart() {
    assertThat(Excerpt.of("0123456789", 7, Kept.BOTH_ENDS).text()).isEqualTo("012 789");
    assertThat(Excerpt.of("0123456789", 4, Kept.END).text()).isEqualTo("6789");
  }
}
