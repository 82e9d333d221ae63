package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyControlTest {

  private static final long MILLIS = 1_000_000;
  private static final RunCost COST = new RunCost(1.0 * MILLIS, 0.1 * MILLIS);

  @Test
  void aRunMayTakeAQuarterOfTheTarget() {
    TokenBudget budget = new TokenBudget(4_096);
    LatencyControl control = new LatencyControl(100 * MILLIS, COST, () -> 1, 100_000, budget);
    assertThat(budget.tokens()).isEqualTo(240); // 1 ms and 240 tokens of 0.1 ms are 25 ms.
    assertThat(control.tokensInFlight()).isEqualTo(490);
  }

  @Test
  void neverWantsMoreThanTheOptionsAllow() {
    TokenBudget budget = new TokenBudget(100);
    LatencyControl control = new LatencyControl(100 * MILLIS, COST, () -> 1, 200, budget);
    assertThat(budget.tokens()).isEqualTo(100);
    assertThat(control.tokensInFlight()).isEqualTo(200);
  }

  @Test
  void theBudgetFallsAtOnceWhenRunsTakeLongerAndRisesSlowly() {
    TokenBudget budget = new TokenBudget(4_096);
    LatencyControl control = new LatencyControl(100 * MILLIS, COST, () -> 1, 100_000, budget);
    for (int i = 0; i < 4; i++) {
      control.ran(200, (long) (4 * COST.nanos(200)));
    }
    int fallen = budget.tokens();
    assertThat(fallen).isLessThan(80);
    for (int i = 0; i < 4; i++) {
      control.ran(200, (long) COST.nanos(200));
    }
    assertThat(budget.tokens()).isBetween(fallen, fallen + fallen / 4);
    for (int i = 0; i < 400; i++) {
      control.ran(200, (long) COST.nanos(200));
    }
    assertThat(budget.tokens()).isGreaterThan(220);
  }

  @Test
  void theWindowFallsOnceForAllThatWasAcceptedBefore() {
    LatencyControl control =
        new LatencyControl(100 * MILLIS, COST, () -> 1, 100_000, new TokenBudget(4_096));
    for (int i = 0; i < 500; i++) {
      control.emitted(i, 200 * MILLIS + i); // All accepted before the first was emitted.
    }
    assertThat(control.tokensInFlight()).isEqualTo(245); // Halved, once.
  }

  @Test
  void aWindowThatIsNotUsedUpDoesNotGrow() {
    LatencyControl control =
        new LatencyControl(100 * MILLIS, COST, () -> 1, 100_000, new TokenBudget(4_096));
    for (int i = 0; i < 1_000; i++) {
      control.emitted(i, i + MILLIS);
    }
    assertThat(control.tokensInFlight()).isEqualTo(490);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void textsThatMissTheTargetByThemselvesStarveNeitherTheOthersNorTheEngine(int runs) {
    TokenBudget budget = new TokenBudget(4_096);
    LatencyControl control = new LatencyControl(100 * MILLIS, COST, () -> runs, 100_000, budget);
    for (long i = 0; i < 10_000; i++) {
      long accepted = i * 10 * MILLIS;
      control.emitted(accepted, accepted + (i % 33 == 0 ? 300 : 20) * MILLIS);
    }
    assertThat(control.tokensInFlight()).isEqualTo(runs * budget.tokens());
  }

  @Test
  void missesDoNotRaiseTheWindowThoughOthersLeftTheEngine() {
    int[] runs = {1};
    LatencyControl control =
        new LatencyControl(100 * MILLIS, COST, () -> runs[0], 100_000, new TokenBudget(4_096));
    int before = control.tokensInFlight();
    runs[0] = 8;
    for (int i = 0; i < 500; i++) {
      control.emitted(i, 200 * MILLIS + i);
    }
    assertThat(control.tokensInFlight()).isEqualTo(before);
  }

  @Test
  void aWindowBeyondTheRangeOfWholeNumbersIsTheMostThatIsAllowed() {
    RunCost quick = new RunCost(1, 1e-3);
    LatencyControl control =
        new LatencyControl(10_000 * MILLIS, quick, () -> 2, 65_536, new TokenBudget(4_096));
    assertThat(control.tokensInFlight()).isEqualTo(65_536);
  }

  /** An engine that is half as fast as measured, and a source that is always faster than it. */
  @Test
  void underOverloadTheTargetIsKeptAndTheEngineIsNotStarved() {
    long target = 100 * MILLIS;
    TokenBudget budget = new TokenBudget(4_096);
    LatencyControl control = new LatencyControl(target, COST, () -> 1, 100_000, budget);
    ArrayDeque<Long> inFlight = new ArrayDeque<>();
    int tokens = 10;
    long now = 0;
    long[] last = new long[5_000];
    int emitted = 0;
    long busy = 0;
    while (emitted < 20_000) {
      while ((inFlight.size() + 1) * tokens <= control.tokensInFlight()) {
        inFlight.add(now);
      }
      control.windowWasFull();
      int rows = Math.max(1, Math.min(inFlight.size(), budget.tokens() / tokens));
      long took = (long) (2 * COST.nanos(rows * tokens));
      now += took;
      busy += took;
      control.ran(rows * tokens, took);
      for (int i = 0; i < rows; i++) {
        long accepted = inFlight.remove();
        control.emitted(accepted, now);
        last[emitted++ % last.length] = now - accepted;
      }
    }
    Arrays.sort(last);
    assertThat(last[last.length * 99 / 100]).isLessThanOrEqualTo((long) (1.05 * target));
    assertThat(control.tokensInFlight()).isGreaterThan(100);
    assertThat(busy).isEqualTo(now);
  }
}
