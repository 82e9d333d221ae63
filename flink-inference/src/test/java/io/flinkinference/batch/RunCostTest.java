package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunCostTest {

  @Test
  void findsTheLineThroughMeasuredRuns() {
    RunCost cost =
        RunCost.fit(
            List.of(
                new MeasuredRun(1, 8, 1_000 + 8 * 50),
                new MeasuredRun(1, 100, 1_000 + 100 * 50),
                new MeasuredRun(16, 32, 1_000 + 512 * 50)));
    assertThat(cost.runNanos()).isCloseTo(1_000, within(1e-6));
    assertThat(cost.tokenNanos()).isCloseTo(50, within(1e-6));
    assertThat(cost.runInTokens()).isCloseTo(20, within(1e-6));
    assertThat(cost.nanos(10)).isCloseTo(1_500, within(1e-6));
    assertThat(cost.tokensWithin(1_500)).isEqualTo(10);
  }

  @Test
  void aBudgetIsAtLeastOneToken() {
    assertThat(new RunCost(1_000, 50).tokensWithin(10)).isEqualTo(1);
  }

  @Test
  void runsOfOneSizeGiveALineThroughTheOrigin() {
    RunCost cost = RunCost.fit(List.of(new MeasuredRun(1, 10, 500), new MeasuredRun(1, 10, 500)));
    assertThat(cost.runNanos()).isZero();
    assertThat(cost.tokenNanos()).isCloseTo(50, within(1e-6));
  }

  @Test
  void runsOfOneSizeGiveALineThroughTheOriginWhateverTheyTake() {
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int width = 1 + random.nextInt(512);
      List<MeasuredRun> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(new MeasuredRun(1, width, 1_000_000 + random.nextInt(1_000_000)));
      }
      assertThat(RunCost.fit(runs).runNanos()).isZero();
    }
  }

  @Test
  void noiseNeverMakesALargerRunCheaper() {
    RunCost cost = RunCost.fit(List.of(new MeasuredRun(1, 10, 900), new MeasuredRun(1, 20, 500)));
    assertThat(cost.runNanos()).isGreaterThanOrEqualTo(0);
    assertThat(cost.tokenNanos()).isPositive();
  }

  @Test
  void refusesACostOfNothing() {
    assertThatThrownBy(() -> new RunCost(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RunCost(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
