package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBudgetTest {

  @Test
  void aLackOfMemoryHalvesWhatFailed() {
    TokenBudget budget = new TokenBudget(512);
    budget.outOfMemory(512);
    assertThat(budget.tokens()).isEqualTo(256);
  }

  @Test
  void aSmallRunThatFailsBesideALargeOneHalvesTheBudgetNoFurther() {
    TokenBudget budget = new TokenBudget(512);
    budget.outOfMemory(32);
    assertThat(budget.tokens()).isEqualTo(256);
  }

  @Test
  void runsThatFailAtTheSameTimeHalveItOnce() {
    TokenBudget budget = new TokenBudget(512);
    budget.outOfMemory(512);
    budget.outOfMemory(512);
    assertThat(budget.tokens()).isEqualTo(256);
  }

  @Test
  void growsBackSlowlyToWhatIsWanted() {
    TokenBudget budget = new TokenBudget(512);
    budget.outOfMemory(512);
    int runs = 0;
    int before = budget.tokens();
    while (budget.tokens() < 512) {
      budget.ranWell(budget.tokens());
      assertThat(budget.tokens()).isLessThanOrEqualTo(before + Math.max(1, before / 8) + 256);
      before = budget.tokens();
      runs++;
    }
    assertThat(runs).isGreaterThanOrEqualTo(5 * TokenBudget.RECOVERY_RUNS);
  }

  @Test
  void smallRunsProveNothing() {
    TokenBudget budget = new TokenBudget(512);
    budget.outOfMemory(512);
    for (int i = 0; i < 10 * TokenBudget.RECOVERY_RUNS; i++) {
      budget.ranWell(100);
    }
    assertThat(budget.tokens()).isEqualTo(256);
  }

  @Test
  void neverFallsToNothing() {
    TokenBudget budget = new TokenBudget(4);
    budget.outOfMemory(1);
    budget.outOfMemory(1);
    budget.outOfMemory(1);
    assertThat(budget.tokens()).isEqualTo(1);
    assertThatThrownBy(() -> budget.want(0)).hasMessageContaining("at least 1, not 0");
  }
}
