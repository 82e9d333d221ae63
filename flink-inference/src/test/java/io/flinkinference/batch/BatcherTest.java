package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.text.Encoding;
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
  void keepsTheOrderOfArrivalOfWhatItKeeps() {
    Batcher<Waiting> batcher =
        new Batcher<>(
            (lengths, count, tokenBudget, chosen) -> {
              chosen[0] = 0;
              chosen[1] = 2;
              return Math.min(2, count);
            },
            new TokenBudget(10),
            0);
    for (int i = 0; i < 5; i++) {
      batcher.add(new Waiting(i, 1));
    }
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(0, 2);
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(1, 4);
    assertThat(isEmpty(batcher)).isFalse();
  }

  @Test
  void givesEachRecordOutOnce() {
    Random random = new Random(5);
    Batcher<Waiting> batcher = batcher(64, 0);
    List<Integer> taken = new ArrayList<>();
    int added = 0;
    while (added < 1_000) {
      for (int i = random.nextInt(150); i > 0; i--) {
        batcher.add(new Waiting(added++, 1 + random.nextInt(80)));
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
    Batcher<Waiting> batcher = batcher(64, 0);
    batcher.add(new Waiting(1, 1));
    batcher.close();
    batcher.add(new Waiting(2, 1));
    assertThat(isEmpty(batcher)).isTrue();
  }

  @Test
  void aBatchFollowsTheBudgetOfTheMoment() {
    TokenBudget budget = new TokenBudget(100);
    Batcher<Waiting> batcher = new Batcher<>(new TokenBudgetPolicy(RunCost.TYPICAL), budget, 0);
    for (int i = 0; i < 30; i++) {
      batcher.add(new Waiting(i, 10));
    }
    assertThat(batcher.take()).hasSize(10);
    budget.outOfMemory(100);
    assertThat(batcher.take()).hasSize(5);
  }

  @Test
  void whatHasToRunAgainRunsFirstAndAlone() {
    Batcher<Waiting> batcher = batcher(64, 0);
    batcher.add(new Waiting(1, 1));
    batcher.addAlone(List.of(new Waiting(2, 1), new Waiting(3, 1)));
    batcher.add(new Waiting(4, 1));
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(2);
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(3);
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(1, 4);
  }

  @Test
  void aBatchIsDueWhenItIsFullOrItsOldestHasWaitedLongEnough() {
    Batcher<Waiting> batcher = batcher(64, 500);
    assertThat(batcher.nanosUntilReady(0)).isEqualTo(Batcher.NEVER);
    batcher.add(new Waiting(1, 10)); // Accepted at 0.
    assertThat(batcher.nanosUntilReady(100)).isEqualTo(400);
    assertThat(batcher.nanosUntilReady(500)).isZero();
    assertThat(batcher.nanosUntilReady(900)).isZero();
    batcher.add(new Waiting(2, 54));
    assertThat(batcher.nanosUntilReady(100)).as("full").isZero();
    batcher.take();
    batcher.addAlone(List.of(new Waiting(3, 1)));
    assertThat(batcher.nanosUntilReady(100)).as("to run again").isZero();
  }

  private static Batcher<Waiting> batcher(int tokenBudget, long lingerNanos) {
    return new Batcher<>(
        new TokenBudgetPolicy(RunCost.TYPICAL), new TokenBudget(tokenBudget), lingerNanos);
  }

  private static boolean isEmpty(Batcher<Waiting> batcher) {
    return batcher.nanosUntilReady(0) == Batcher.NEVER;
  }

  private record Waiting(int number, Encoding encoding) implements Entry<String> {
    Waiting(int number, int length) {
      this(number, Encoding.of(new int[length]));
    }

    @Override
    public long acceptedNanos() {
      return 0;
    }

    @Override
    public void startAttempt() {}

    @Override
    public int attempts() {
      return 0;
    }

    @Override
    public void complete(String result) {}

    @Override
    public void fail(Failure failure) {}
  }
}
