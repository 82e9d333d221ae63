package io.flinkinference.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.pipeline.Committed.Result;
import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MiddleTest {

  /** Twenty texts of one token, but for the last two, which have 41. */
  private static final Tokenized TEXTS =
      new Tokenized(
          new Workload("texts", IntStream.range(0, 20).mapToObj(Integer::toString).toList()),
          IntStream.range(0, 20).mapToObj(i -> Encoding.of(new int[i < 18 ? 1 : 41])).toList());

  @Test
  void textsThatAreLeftToTheEndCountByTheirTokens() {
    List<Result> longLast =
        IntStream.range(0, 20).mapToObj(i -> new Result(i, 1_000 + 10 * i)).toList();

    Middle middle = Middle.of(longLast, TEXTS);

    // 15 results of 15 tokens, which three texts have in the mean.
    assertThat(middle).isEqualTo(new Middle(1_020, 1_170, 15, 3));
    assertThat(middle.millis()).isEqualTo(150);
  }

  @Test
  void longTextsInTheMiddleCountForMore() {
    List<Result> longInTheMiddle =
        IntStream.range(0, 20).mapToObj(i -> new Result((i + 10) % 20, 1_000 + 10 * i)).toList();

    assertThat(Middle.of(longInTheMiddle, TEXTS).records()).isEqualTo(19);
  }
}
