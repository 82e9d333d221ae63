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
    assertThat(new Batcher<Waiting>(new TokenBudgetPolicy(10)).take()).isEmpty();
  }

  @Test
  void keepsTheOrderOfArrivalOfWhatItKeeps() {
    Batcher<Waiting> batcher =
        new Batcher<>(
            (lengths, count, chosen) -> {
              chosen[0] = 0;
              chosen[1] = 2;
              return Math.min(2, count);
            });
    for (int i = 0; i < 5; i++) {
      batcher.add(new Waiting(i, 1));
    }
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(0, 2);
    assertThat(batcher.take()).extracting(Waiting::number).containsExactly(1, 4);
    assertThat(batcher.isEmpty()).isFalse();
  }

  @Test
  void givesEachRecordOutOnce() {
    Random random = new Random(5);
    Batcher<Waiting> batcher = new Batcher<>(new TokenBudgetPolicy(64));
    List<Integer> taken = new ArrayList<>();
    int added = 0;
    while (added < 1_000) {
      for (int i = random.nextInt(150); i > 0; i--) {
        batcher.add(new Waiting(added++, 1 + random.nextInt(80)));
      }
      batcher.take().forEach(entry -> taken.add(entry.number()));
    }
    while (!batcher.isEmpty()) {
      batcher.take().forEach(entry -> taken.add(entry.number()));
    }
    assertThat(taken).hasSize(added).doesNotHaveDuplicates();
  }

  @Test
  void dropsAllWhenClosed() {
    Batcher<Waiting> batcher = new Batcher<>(new TokenBudgetPolicy(64));
    batcher.add(new Waiting(1, 1));
    batcher.close();
    batcher.add(new Waiting(2, 1));
    assertThat(batcher.isEmpty()).isTrue();
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
    public void complete(String result) {}

    @Override
    public void fail(Failure failure) {}
  }
}
