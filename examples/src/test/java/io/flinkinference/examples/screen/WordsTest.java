package io.flinkinference.examples.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.examples.figures.Latency;
import org.junit.jupiter.api.Test;

final class WordsTest {

  @Test
  void latencyIsInMillisecondsBelowASecond() {
    assertThat(Words.p50(new Latency(3, 0))).isEqualTo("3 ms");
    assertThat(Words.p99(new Latency(0, 999))).isEqualTo("999 ms");
    assertThat(Words.p99(new Latency(0, 1_000))).isEqualTo("1.0 s");
    assertThat(Words.p99(null)).isEqualTo("-");
  }

  @Test
  void textIsCutBetweenWords() {
    assertThat(Words.wrap("one two three", 7, 2)).containsExactly("one two", "three");
    assertThat(Words.wrap("one two three four", 7, 2)).containsExactly("one two", "thre...");
    assertThat(Words.wrap("short", 7, 2)).containsExactly("short");
    assertThat(Words.wrap("", 7, 2)).containsExactly("");
  }

  @Test
  void wordLongerThanALineIsCut() {
    assertThat(Words.wrap("abcdefghijkl", 5, 2)).containsExactly("abcde", "fg...");
    assertThat(Words.wrap("abcdefghijkl", 5, 3)).containsExactly("abcde", "fghij", "kl");
  }

  @Test
  void textCannotMoveTheCursor() {
    assertThat(Words.wrap("a\tb\u001b[2Jc\u202ed\r\ne", 20, 1)).containsExactly("a b [2Jc d  e");
  }

  @Test
  void cutDoesNotSplitACharacterInTwo() {
    assertThat(Words.wrap("\ud83d\ude00".repeat(9), 5, 1))
        .containsExactly("\ud83d\ude00\ud83d\ude00...");
    assertThat(Words.cell("\ud83d\ude00", 3)).isEqualTo("\ud83d\ude00  ");
  }
}
