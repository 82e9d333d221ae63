package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.text.Encoding;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeRoundingTest {

  private static final ShapeRounding FEW = ShapeRounding.few(100);

  @Test
  void widthsAreMultiplesThatNoTextOutgrows() {
    assertThat(FEW.width(1)).isEqualTo(32);
    assertThat(FEW.width(32)).isEqualTo(32);
    assertThat(FEW.width(33)).isEqualTo(64);
    assertThat(FEW.width(97)).isEqualTo(100);
    assertThat(FEW.width(100)).isEqualTo(100);
    assertThat(ShapeRounding.EXACT.width(33)).isEqualTo(33);
  }

  @Test
  void rowsArePowersOfTwo() {
    int[] expected = {1, 2, 4, 4, 8, 8, 8, 8, 16};
    for (int rows = 1; rows <= expected.length; rows++) {
      assertThat(FEW.rows(rows)).isEqualTo(expected[rows - 1]);
      assertThat(ShapeRounding.EXACT.rows(rows)).isEqualTo(rows);
    }
    assertThat(FEW.mostRows(7)).isEqualTo(4);
    assertThat(FEW.mostRows(0)).isEqualTo(1);
    assertThat(ShapeRounding.EXACT.mostRows(7)).isEqualTo(7);
  }

  @Test
  void whatIsAddedIsNobodys() {
    TokenBatch batch = FEW.batch(Encoding.of(1, 2), Encoding.of(3), Encoding.of(4));
    assertThat(batch.rows()).isEqualTo(4);
    assertThat(batch.width()).isEqualTo(32);
    assertThat(batch.realTokens()).isEqualTo(4);
    assertThat(batch.paddedTokens()).isEqualTo(128);
    assertThat(batch.row(1).id(0)).isEqualTo(3);
    assertThat(batch.row(3).id(0)).isEqualTo(4);
    assertThatThrownBy(() -> batch.grown(2, 32)).hasMessageContaining("cannot become 2 x 32");
  }

  @Test
  void roundedBatchesFitTheBudgetAndHoldTheOldest() {
    Random random = new Random(7);
    TokenBudgetPolicy policy = new TokenBudgetPolicy(RunCost.TYPICAL, FEW);
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(60);
      int[] lengths = random.ints(count, 1, 101).toArray();
      int budget = 1 + random.nextInt(1_000);

      int[] chosen = WaitingTexts.choose(policy, budget, lengths);

      int rows = chosen.length;
      int longest = Arrays.stream(chosen).map(row -> lengths[row]).max().orElseThrow();
      assertThat(chosen[0]).isZero();
      if (rows > 1) {
        assertThat(FEW.rows(rows) * FEW.width(longest)).isLessThanOrEqualTo(budget);
      }
    }
  }
}
