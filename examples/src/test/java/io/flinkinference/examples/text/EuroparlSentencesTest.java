package io.flinkinference.examples.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EuroparlSentencesTest {

  @Test
  void defaultNumberOfTextsAreDistinctWholeSentences() throws IOException {
    List<String> sentences = take(5_000);
    assertThat(sentences).hasSize(5_000).doesNotHaveDuplicates();
    assertThat(sentences).allMatch(sentence -> sentence.matches("(?s)\\p{Lu}.*[.?!]"));
  }

  @Test
  void orderNeverChanges() throws IOException {
    assertThat(take(50)).isEqualTo(take(5_000).subList(0, 50));
  }

  @Test
  void repetitionIsSaid() throws IOException {
    assertThat(EuroparlSentences.of(5_000).description())
        .isEqualTo("5,000 sentences from debates of the European Parliament");
    EuroparlSentences many = EuroparlSentences.of(100_000);
    assertThat(many.description()).contains("100,000").contains("again and again");
    assertThat(many.open().count()).isEqualTo(100_000);
  }

  private static List<String> take(int count) throws IOException {
    return EuroparlSentences.of(count)
        .open()
        .map(bytes -> new String(bytes, UTF_8))
        .collect(Collectors.toList());
  }
}
