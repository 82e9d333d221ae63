package io.flinkinference.tools.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpreadTest {

  @Test
  void fewAreTakenAll() {
    assertThat(Spread.of(List.of("a", "b", "c"), 3)).containsExactly("a", "b", "c");
    assertThat(Spread.of(List.of(), 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"511,256", "257,256", "100000,400", "7,3"})
  void manyAreTakenFromBeginningToEnd(int count, int most) {
    List<Integer> some = Spread.of(IntStream.range(0, count).boxed().toList(), most);
    assertThat(some).hasSize(most).isSorted().doesNotHaveDuplicates().contains(0);
    double step = (double) count / most;
    for (int i = 0; i < most; i++) {
      assertThat(some.get(i) / step).isBetween(i - 1.0, i + 1.0);
    }
  }
}
