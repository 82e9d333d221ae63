package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextCleanerTest {

  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void shortValidTextIsNotCopied() {
    String text = "a" + SMILE;
    assertThat(TextCleaner.cut(text, 3)).isSameAs(text);
    assertThat(TextCleaner.replaceLoneSurrogates(text)).isSameAs(text);
  }

  @Test
  void cutNeverSplitsASurrogatePair() {
    assertThat(TextCleaner.cut("a" + SMILE + "b", 3)).isEqualTo("a" + SMILE);
    assertThat(TextCleaner.cut("a" + SMILE + "b", 2)).isEqualTo("a");
    assertThat(TextCleaner.cut("a" + SMILE + "b", 1)).isEqualTo("a");
    assertThat(TextCleaner.cut(SMILE, 1)).isEmpty();
  }

  @Test
  void onlyLoneSurrogatesAreReplaced() {
    assertThat(TextCleaner.replaceLoneSurrogates("\uDE00" + SMILE + "\uD83D"))
        .isEqualTo("\uFFFD" + SMILE + "\uFFFD");
    assertThat(TextCleaner.replaceLoneSurrogates("\uD83D" + SMILE + "\uDE00"))
        .isEqualTo("\uFFFD" + SMILE + "\uFFFD");
  }
}
