package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.MeasuredRun;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.runtime.WarmUp.Measured;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {

  @Test
  void runsShapesFromSmallToTheBudget() throws Exception {
    TestingEngine engine = TestingEngine.free();
    Measured measured = new WarmUp(engine, 'a', 512).run(500, false);
    assertThat(measured.single()).extracting(MeasuredRun::width).containsExactly(8, 32, 128, 512);
    assertThat(measured.full()).extracting(MeasuredRun::paddedTokens).containsExactly(256, 15 * 32);
    assertThat(measured.nanos()).isPositive();
    assertThat(measured.cost().tokenNanos()).isPositive();
  }

  @Test
  void isDoneOnceForAllSubtasks() throws Exception {
    TestingEngine engine = TestingEngine.free();
    WarmUp warmUp = new WarmUp(engine, 'a', 512);
    Measured first = warmUp.run(256, false);
    int runs = engine.started();
    assertThat(warmUp.run(256, false)).isEqualTo(first);
    assertThat(warmUp.run(128, false)).isEqualTo(first);
    assertThat(engine.started()).isEqualTo(runs);
    warmUp.run(512, false);
    assertThat(engine.started())
        .as("only what is larger")
        .isEqualTo(runs + 3 * engine.concurrency());
  }

  @Test
  void neverRunsATextLongerThanTheModelTakes() throws Exception {
    TestingEngine engine = TestingEngine.free();
    assertThat(new WarmUp(engine, 'a', 5).run(64, false).single())
        .extracting(MeasuredRun::width)
        .containsExactly(5);
    assertThat(engine.batches()).extracting(TokenBatch::width).containsOnly(5);
  }

  @Test
  void runsAsManyAtOnceAsTheEngineAllows() throws Exception {
    TestingEngine engine = TestingEngine.held(2);
    CompletableFuture<Measured> measured =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new WarmUp(engine, 'a', 8).run(8, false);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(TestingThreads.await(() -> engine.started() == 2)).isTrue();
    assertThat(measured).isNotDone();
    engine.letGo(1_000);
    assertThat(TestingThreads.get(measured).single()).hasSize(1);
  }

  @Test
  void endsWhereLargerBatchesDoWorse() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.slowAbove(512, Duration.ofMillis(50));
    WarmUp warmUp = new WarmUp(engine, 'a', 64);
    assertThat(warmUp.run(4_096, true).full())
        .extracting(MeasuredRun::paddedTokens)
        .doesNotContain(2_048);
    assertThat(warmUp.run(4_096, false).full())
        .as("who fixes the budget has it run")
        .extracting(MeasuredRun::paddedTokens)
        .contains(4_096);
  }

  @Test
  void endsWhereMemoryEnds() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(300);
    Measured measured = new WarmUp(engine, 'a', 64).run(4_096, false);
    assertThat(measured.full()).extracting(MeasuredRun::paddedTokens).containsExactly(256);
  }

  @Test
  void whereNoBatchFitsTheBestBudgetIsTheLongestTextThatDoes() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(100);
    assertThat(new WarmUp(engine, 'a', 512).run(4_096, false).bestBudget()).isEqualTo(32);
  }

  @Test
  void theMemorysEndIsFoundOnce() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(300);
    WarmUp warmUp = new WarmUp(engine, 'a', 64);
    warmUp.run(4_096, false);
    int runs = engine.started();
    warmUp.run(4_096, false);
    assertThat(engine.started()).isEqualTo(runs);
  }

  @Test
  void endsWhereBatchesTakeLongerThanARunMay() throws Exception {
    TestingEngine engine = TestingEngine.free();
    engine.limitTime(300);
    WarmUp warmUp = new WarmUp(engine, 'a', 64);
    Measured measured = warmUp.run(4_096, false);
    assertThat(measured.full()).extracting(MeasuredRun::paddedTokens).containsExactly(256);
    assertThat(measured.mostTokensInTime()).isEqualTo(256);
    int runs = engine.started();
    assertThat(warmUp.run(4_096, false)).isEqualTo(measured);
    assertThat(engine.started()).as("it is found once").isEqualTo(runs);
  }

  @Test
  void failsWhereNoBatchComesToItsEnd() {
    TestingEngine engine = TestingEngine.free();
    engine.limitTime(100);
    assertThatThrownBy(() -> new WarmUp(engine, 'a', 64).run(4_096, false))
        .isInstanceOf(RunTimeoutException.class);
  }

  @Test
  void canBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new WarmUp(TestingEngine.free(), 'a', 64).run(64, false))
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
            Integer.MAX_VALUE,
            1);
    assertThat(measured.bestBudget()).isEqualTo(256);
  }
}
