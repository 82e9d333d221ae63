package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.MeasuredRun;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.runtime.WarmUp.Measured;
import io.flinkinference.testing.TestingEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void runsShapesFromSmallToTheBudget() throws Exception {
    TestingEngine engine = TestingEngine.free();
    Measured measured = new WarmUp(engine, 'a', 512).run(500);
    assertThat(measured.single()).extracting(MeasuredRun::width).containsExactly(8, 32, 128, 512);
    assertThat(measured.full())
        .extracting(MeasuredRun::paddedTokens)
        .containsExactly(128, 256, 15 * 32);
    assertThat(measured.nanos()).isPositive();
    assertThat(measured.cost().tokenNanos()).isPositive();
  }

  @Test
  void isDoneOnceForAllSubtasks() throws Exception {
    TestingEngine engine = TestingEngine.free();
    WarmUp warmUp = new WarmUp(engine, 'a', 512);
    Measured first = warmUp.run(256);
    int runs = engine.started();
    assertThat(warmUp.run(256)).isEqualTo(first);
    assertThat(warmUp.run(128)).isEqualTo(first);
    assertThat(engine.started()).isEqualTo(runs);
    warmUp.run(512);
    assertThat(engine.started()).as("only what is larger").isEqualTo(runs + 3);
  }

  @Test
  void neverRunsATextLongerThanTheModelTakes() throws Exception {
    TestingEngine engine = TestingEngine.free();
    assertThat(new WarmUp(engine, 'a', 5).run(64).single())
        .extracting(MeasuredRun::width)
        .containsExactly(5);
    assertThat(engine.batches()).extracting(TokenBatch::width).containsOnly(5);
  }

  @Test
  void endsWhereMemoryEnds() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(300);
    Measured measured = new WarmUp(engine, 'a', 64).run(4_096);
    assertThat(measured.full()).extracting(MeasuredRun::paddedTokens).containsExactly(128, 256);
  }

  @Test
  void whereNoBatchFitsTheBestBudgetIsTheLongestTextThatDoes() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(100);
    assertThat(new WarmUp(engine, 'a', 512).run(4_096).bestBudget()).isEqualTo(32);
  }

  @Test
  void theMemorysEndIsFoundOnce() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(300);
    WarmUp warmUp = new WarmUp(engine, 'a', 64);
    warmUp.run(4_096);
    int runs = engine.started();
    warmUp.run(4_096);
    assertThat(engine.started()).isEqualTo(runs);
  }

  @Test
  void canBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new WarmUp(TestingEngine.free(), 'a', 64).run(64))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theBestBudgetIsTheSmallestThatDoesNearlyAsMuchAsTheBest() {
    Measured measured =
        new Measured(
            List.of(),
            List.of(
                new MeasuredRun(4, 32, 20_000),
                new MeasuredRun(8, 32, 30_000),
                new MeasuredRun(16, 32, 59_000),
                new MeasuredRun(32, 32, 130_000)),
            1);
    assertThat(measured.bestBudget()).isEqualTo(256);
  }
}
