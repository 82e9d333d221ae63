package io.flinkinference.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RanksTest {

  @Test
  void equalOrderIsOneAndTheReverseMinusOne() {
    double[] a = {1, 2, 30, 400};
    assertThat(Ranks.spearman(a, new double[] {5, 6, 7, 8})).isCloseTo(1, within(1e-12));
    assertThat(Ranks.spearman(a, new double[] {8, 7, 6, 5})).isCloseTo(-1, within(1e-12));
  }

  @Test
  void equalValuesShareTheirMeanRank() {
    // Ranks 1, 2.5, 2.5, 4 and 2, 1, 3, 4.
    double[] a = {1, 2, 2, 3};
    assertThat(Ranks.spearman(a, new double[] {2, 1, 3, 4}))
        .isCloseTo(3 / Math.sqrt(4.5 * 5), within(1e-12));
  }
}
