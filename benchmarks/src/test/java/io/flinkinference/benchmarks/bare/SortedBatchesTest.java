package io.flinkinference.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SortedBatchesTest {

  private static final int BUDGET = 256;

  private final SplittableRandom random = new SplittableRandom(3);
  private final List<Encoding> encodings =
      IntStream.range(0, 500).mapToObj(i -> Encoding.of(new int[random.nextInt(1, 400)])).toList();

  @Test
  void eachTextIsInOneBatch() {
    List<TokenBatch> batches = SortedBatches.of(encodings, BUDGET);
    assertThat(batches.stream().mapToInt(TokenBatch::rows).sum()).isEqualTo(encodings.size());
    assertThat(batches.stream().mapToInt(TokenBatch::realTokens).sum())
        .isEqualTo(encodings.stream().mapToInt(Encoding::length).sum());
  }

  @Test
  void onlyATextAloneExceedsTheBudget() {
    assertThat(SortedBatches.of(encodings, BUDGET))
        .allMatch(batch -> batch.rows() == 1 || batch.paddedTokens() <= BUDGET);
  }

  @Test
  void theLongestComeFirstAndHardlyAnythingIsPadding() {
    List<TokenBatch> batches = SortedBatches.of(encodings, BUDGET);
    List<Integer> widths = batches.stream().map(TokenBatch::width).toList();
    assertThat(widths).isSortedAccordingTo((a, b) -> b - a);
    int padded = batches.stream().mapToInt(TokenBatch::paddedTokens).sum();
    int real = batches.stream().mapToInt(TokenBatch::realTokens).sum();
    assertThat((double) padded / real).isLessThan(1.05);
  }
}
