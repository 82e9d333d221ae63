package io.flinkinference.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.benchmarks.measure.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CrossingTest {

  private static final List<String> TEXTS =
      IntStream.range(0, 20).mapToObj(i -> i < 18 ? "short" + i : "long" + i).toList();

  @Test
  void textsThatAreLeftToTheEndCountByTheirTokens() {
    try (Crossing crossing = crossing()) {
      TEXTS.forEach(crossing::arrived);

      // 16 results of 16 tokens, where 100 tokens are in 20 texts.
      assertThat(crossing.sample())
          .extracting(Sample::records, Sample::tokens)
          .containsExactly(3L, 16L);
    }
  }

  @Test
  void aTextThatDoesNotComeOutIsAFailure() {
    try (Crossing crossing = crossing()) {
      TEXTS.subList(0, 19).forEach(crossing::arrived);

      assertThatThrownBy(crossing::sample)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("20 texts went in, but 19");
    }
  }

  private static Crossing crossing() {
    return new Crossing(TEXTS, text -> text.startsWith("short") ? 1 : 41);
  }
}
