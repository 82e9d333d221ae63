package io.flinkinference.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EuroparlTextsTest {

  private static EuroparlTexts europarl;

  @BeforeAll
  static void read() throws IOException {
    europarl = EuroparlTexts.read();
  }

  @Test
  void theMixNeverChangesAndRepeatsNothing() throws IOException {
    List<String> texts = europarl.mixed(2_000).texts();
    assertThat(texts).hasSize(2_000).doesNotHaveDuplicates().noneMatch(String::isBlank);
    assertThat(EuroparlTexts.read().mixed(2_000).texts()).isEqualTo(texts);
  }

  @Test
  void theMixHasTheSharesThatItsDescriptionTells() {
    List<String> texts = europarl.mixed(4_000).texts();
    long fragments = texts.stream().filter(text -> words(text) < 10).count();
    long documents = texts.stream().filter(text -> text.length() > 700).count();
    // Some sentences have fewer than ten words, and some documents fewer than 700 characters.
    assertThat(fragments / 4_000.0).isBetween(0.25, 0.40);
    assertThat(documents / 4_000.0).isCloseTo(0.03, within(0.02));
  }

  @Test
  void textsOfANumberOfWordsHaveAboutThatMany() {
    for (int words : List.of(5, 26, 443)) {
      List<String> texts = europarl.ofWords(words, 50).texts();
      assertThat(texts.stream().mapToInt(EuroparlTextsTest::words).average().orElseThrow())
          .isCloseTo(words, within(0.1 * words));
    }
  }

  /** What a machine of many cores gets. */
  @Test
  void theCorpusHasThousandsOfEachKind() {
    assertThat(europarl.sentences(6_000).texts()).hasSize(6_000);
    assertThat(europarl.shortAndLong(1_500).texts()).hasSize(1_500);
  }

  @Test
  void moreDocumentsThanThereAreAreRefused() {
    assertThatThrownBy(() -> europarl.shortAndLong(20_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20000");
  }

  private static int words(String text) {
    return text.strip().split("\\s+", -1).length;
  }
}
