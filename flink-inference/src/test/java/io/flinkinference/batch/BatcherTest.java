package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.WaitingTexts.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatcherTest {

  @Test
  void givesNothingWhereNothingWaits() {
    assertThat(batcher(10, 0).take()).isEmpty();
  }

  @Test
  void takesTheOldestOfTheLengthsThatThePolicyChose() {
    Batcher<Text> batcher =
        new Batcher<>((waiting, tokenBudget) -> new Neighbours(7, 1, 3), new TokenBudget(10), 0);
    int[] lengths = {4, 7, 3, 2, 3, 7};
    for (int i = 0; i < lengths.length; i++) {
      batcher.add(new Text(i, lengths[i]));
    }
    assertThat(batcher.take()).extracting(Text::number).containsExactly(0, 1, 2);
    assertThat(batcher.take()).extracting(Text::number).containsExactly(3, 4, 5);
    assertThat(isEmpty(batcher)).isTrue();
  }

  @Test
  void givesEachRecordOutOnce() {
    Random random = new Random(5);
    Batcher<Text> batcher = batcher(64, 0);
    List<Integer> taken = new ArrayList<>();
    int added = 0;
    while (added < 1_000) {
      for (int i = random.nextInt(150); i > 0; i--) {
        batcher.add(new Text(added++, 1 + random.nextInt(80)));
      }
      batcher.take().forEach(entry -> taken.add(entry.number()));
    }
    while (!isEmpty(batcher)) {
      batcher.take().forEach(entry -> taken.add(entry.number()));
    }
    assertThat(taken).hasSize(added).doesNotHaveDuplicates();
  }

  @Test
  void dropsAllWhenClosed() {
    Batcher<Text> batcher = batcher(64, 0);
    batcher.add(new Text(1, 1));
    batcher.close();
    batcher.add(new Text(2, 1));
    assertThat(isEmpty(batcher)).isTrue();
  }

  @Test
  void aBatchFollowsTheBudgetOfTheMoment() {
    TokenBudget budget = new TokenBudget(100);
    Batcher<Text> batcher = new Batcher<>(new TokenBudgetPolicy(RunCost.TYPICAL), budget, 0);
    for (int i = 0; i < 30; i++) {
      batcher.add(new Text(i, 10));
    }
    assertThat(batcher.take()).hasSize(10);
    budget.outOfMemory(100);
    assertThat(batcher.take()).hasSize(5);
  }

  @Test
  void whatHasToRunAgainRunsFirstAndAlone() {
    Batcher<Text> batcher = batcher(64, 0);
    batcher.add(new Text(1, 1));
    batcher.addAlone(List.of(new Text(2, 1), new Text(3, 1)));
    batcher.add(new Text(4, 1));
    assertThat(batcher.take()).extracting(Text::number).containsExactly(2);
    assertThat(batcher.take()).extracting(Text::number).containsExactly(3);
    assertThat(batcher.take()).extracting(Text::number).containsExactly(1, 4);
  }

  @Test
  void aBatchIsDueWhenItIsFullOrItsOldestHasWaitedLongEnough() {
    Batcher<Text> batcher = batcher(64, 500);
    assertThat(batcher.nanosUntilReady(0)).isEqualTo(Batcher.NEVER);
    batcher.add(new Text(1, 10)); // Accepted at 0.
    assertThat(batcher.nanosUntilReady(100)).isEqualTo(400);
    assertThat(batcher.nanosUntilReady(500)).isZero();
    assertThat(batcher.nanosUntilReady(900)).isZero();
    batcher.add(new Text(2, 54));
    assertThat(batcher.nanosUntilReady(100)).as("full").isZero();
    batcher.take();
    batcher.addAlone(List.of(new Text(3, 1)));
    assertThat(batcher.nanosUntilReady(100)).as("to run again").isZero();
  }

  @Test
  void tellsWhenABatchMayBeDueThatWasNotBefore() {
    Batcher<Text> batcher = batcher(64, 500);
    assertThat(batcher.add(new Text(1, 10))).as("the first").isTrue();
    assertThat(batcher.add(new Text(2, 10))).isFalse();
    assertThat(batcher.add(new Text(3, 44))).as("a full batch").isTrue();
    while (!isEmpty(batcher)) {
      batcher.take();
    }
    assertThat(batcher.addAll(List.of(new Text(5, 10), new Text(6, 10)))).isTrue();
    assertThat(batcher.addAll(List.of(new Text(7, 10)))).isFalse();
  }

  @Test
  void aBatchMayBeFullBecauseTheBudgetShrank() {
    TokenBudget budget = new TokenBudget(64);
    Batcher<Text> batcher = new Batcher<>(new TokenBudgetPolicy(RunCost.TYPICAL), budget, 500);
    batcher.add(new Text(1, 40));
    budget.want(32);
    assertThat(batcher.add(new Text(2, 1))).isTrue();
    assertThat(batcher.add(new Text(3, 1))).as("known to be full").isFalse();
  }

  @Test
  void nothingLingersWhereNobodyComes() {
    Batcher<Text> batcher = batcher(64, 500);
    assertThat(batcher.nobodyComes()).as("nothing waits").isFalse();
    batcher.add(new Text(1, 10));
    assertThat(batcher.nobodyComes()).isTrue();
    assertThat(batcher.nobodyComes()).as("known").isFalse();
    assertThat(batcher.nanosUntilReady(100)).isZero();
    batcher.add(new Text(2, 10));
    assertThat(batcher.nanosUntilReady(100)).as("others come again").isEqualTo(400);

    Batcher<Text> prompt = batcher(64, 0);
    prompt.add(new Text(1, 10));
    assertThat(prompt.nobodyComes()).as("due in any case").isFalse();
  }

  private static Batcher<Text> batcher(int tokenBudget, long lingerNanos) {
    return new Batcher<>(
        new TokenBudgetPolicy(RunCost.TYPICAL), new TokenBudget(tokenBudget), lingerNanos);
  }

  private static boolean isEmpty(Batcher<Text> batcher) {
    return batcher.nanosUntilReady(0) == Batcher.NEVER;
  }
}
