package io.flinkinference.tools.descent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {

  private static final int[] LENGTHS = new Random(2).ints(1_000, 3, 120).toArray();

  private static List<List<Integer>> batches(long seed) {
    return LengthBatches.of(LENGTHS.length, row -> LENGTHS[row], 16, new Random(seed));
  }

  @Test
  void eachRowIsInOneBatch() {
    assertThat(batches(1).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, LENGTHS.length).boxed().toList());
  }

  @Test
  void seedIsTheOrder() {
    assertThat(batches(1)).isEqualTo(batches(1)).isNotEqualTo(batches(2));
  }

  @Test
  void littleIsPadding() {
    long real = IntStream.of(LENGTHS).sum();
    long padded =
        batches(1).stream()
            .mapToLong(
                batch ->
                    batch.size()
                        * (long) batch.stream().mapToInt(row -> LENGTHS[row]).max().orElseThrow())
            .sum();
    assertThat(padded).isLessThan(real * 115 / 100);
  }

  @Test
  void batchMayBeLargerThanAllRows() {
    for (int size : new int[] {LENGTHS.length, 1 << 26, 1 << 27, Integer.MAX_VALUE}) {
      List<List<Integer>> batches =
          LengthBatches.of(LENGTHS.length, row -> LENGTHS[row], size, new Random(1));
      assertThat(batches).hasSize(1);
      assertThat(batches.get(0)).hasSize(LENGTHS.length);
    }
  }

  @Test
  void partsFitMemoryAndThereIsOneForEachThread() {
    List<Integer> batch = IntStream.range(0, 64).boxed().toList();
    List<List<Integer>> parts = LengthBatches.parts(batch, row -> LENGTHS[row], 2, 512);
    assertThat(parts.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(
                        part.size()
                            * part.stream().mapToInt(row -> LENGTHS[row]).max().orElseThrow())
                    .isLessThanOrEqualTo(640));
    assertThat(LengthBatches.parts(batch.subList(0, 3), row -> 5, 2, 512)).hasSize(2);
    assertThat(LengthBatches.parts(batch.subList(0, 1), row -> 5, 2, 512)).hasSize(1);
  }

  @Test
  void textThatIsTooLongIsAPartOfItsOwn() {
    assertThat(LengthBatches.parts(List.of(0, 1, 2), row -> 900, 2, 512)).hasSize(3);
  }
}
