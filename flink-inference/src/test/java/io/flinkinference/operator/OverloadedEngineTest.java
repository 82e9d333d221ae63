package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.Task;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that take too long, hang, or lack memory. */
@Timeout(60)
class OverloadedEngineTest {

  @Test
  void aTextThatTakesTooLongIsADeadLetterAndItsNeighboursAreScored() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("first", "slow##", "good1", "good2");
      engine.letGo(1_000);
      operator.untilOutput(3);
      operator.untilDeadLetters(1);
      assertThat(operator.results())
          .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input, DeadLetter::reason, DeadLetter::attempts)
          .containsExactly(tuple("slow##", DeadLetterReason.ENGINE_TIMEOUT, 2));
    }
  }

  @Test
  void aDeviceThatHangsFailsTheJobThoughTheBufferIsFull() throws Exception {
    TestingEngine engine = TestingEngine.held(1).withRunLimit(Duration.ofMillis(30));
    OperatorOptions two = OperatorHarness.options(false, 2, 10_000, 64);
    OperatorHarness operator = OperatorHarness.open(engine, two);
    assertThatThrownBy(() -> operator.send("a", "b", "c"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The engine hangs");
    assertThat(operator.deadLetters()).isEmpty();
    operator.close();
  }

  @Test
  void withTooLittleMemoryForTheBatchesAllRecordsAreScoredAllTheSame() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    engine.limitMemory(20);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("first");
      for (int i = 0; i < 40; i++) {
        operator.send("text " + (100 + i));
      }
      engine.letGo(1_000);
      operator.untilOutput(41);
      assertThat(operator.results())
          .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
      assertThat(operator.deadLetters()).isEmpty();
    }
  }

  private static OperatorOptions warm(Duration openLimit) {
    return new OperatorOptions(
        false,
        100,
        10_000,
        new BatchOptions(BatchOptions.Mode.MEASURED, 256, Duration.ZERO, Duration.ZERO, true),
        TextPolicy.DEFAULT,
        1_000,
        openLimit,
        CacheOptions.NONE);
  }

  @Test
  void aModelThatIsNotOpenInTimeFailsTheTaskFromOutside() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = new OperatorHarness(engine, warm(Duration.ofMillis(20)))) {
      MockEnvironment task = operator.flink().getEnvironment();
      task.setExpectedExternalFailureCause(EngineException.class);
      Thread freer =
          TestingThreads.daemon(
              () -> {
                TestingThreads.await(() -> task.getActualExternalFailureCause().isPresent());
                engine.letGo(1_000); // Also if not: who opens heeds no interrupt meanwhile.
              });
      freer.start();
      operator.flink().open();
      freer.join();
      assertThat(task.getActualExternalFailureCause().orElseThrow())
          .hasMessageContaining("not open after 20 ms")
          .hasMessageContaining("inference.engine.open-limit");
    }
  }

  @Test
  void anEngineThatBreaksWhileItIsOpenedFailsTheTaskFromOutside() throws Exception {
    Task<String> task =
        model -> {
          model.executor().breakDown(new EngineException("A run of another job hangs."));
          return TestingModel.DECODER;
        };
    try (OperatorHarness operator =
        new OperatorHarness(TestingEngine.free(), OPTIONS, task, null)) {
      MockEnvironment environment = operator.flink().getEnvironment();
      environment.setExpectedExternalFailureCause(EngineException.class);
      operator.flink().open();
      assertThat(environment.getActualExternalFailureCause().orElseThrow())
          .hasMessage("The engine broke while it was opened: A run of another job hangs.");
    }
  }

  @Test
  void whereNoMoreCanComeNothingLingers() throws Exception {
    BatchOptions lingering =
        new BatchOptions(
            BatchOptions.Mode.FIXED, 1_000, Duration.ZERO, Duration.ofMinutes(10), false);
    OperatorOptions two =
        new OperatorOptions(
            false,
            2,
            10_000,
            lingering,
            TextPolicy.DEFAULT,
            1_000,
            OperatorHarness.OPEN_LIMIT,
            CacheOptions.NONE);
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), two)) {
      operator.send("a", "b", "c"); // Waits for room for the third.
      operator.flink().endInput();
      assertThat(operator.inputs()).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void theEngineIsWarmBeforeTheFirstRecord() throws Exception {
    TestingEngine engine = TestingEngine.free();
    try (OperatorHarness operator =
        OperatorHarness.open(engine, warm(OperatorHarness.OPEN_LIMIT))) {
      assertThat(engine.batches()).anyMatch(batch -> batch.rows() == 1 && batch.width() == 512);
      assertThat(engine.batches()).anyMatch(batch -> batch.paddedTokens() == 256);
      operator.send("a");
      operator.untilOutput(1);
    }
  }

  @Test
  void aLatencyTargetBoundsWhatIsAccepted() throws Exception {
    // 2 threads, half of 20 ms, 100 us a token: at most 200 tokens, which are 50 of these texts.
    TestingEngine engine = TestingEngine.free().withTokenNanos(100_000);
    OperatorOptions target =
        new OperatorOptions(
            false,
            100,
            10_000,
            new BatchOptions(
                BatchOptions.Mode.LATENCY_TARGET, 128, Duration.ofMillis(20), Duration.ZERO, true),
            TextPolicy.DEFAULT,
            1_000,
            OperatorHarness.OPEN_LIMIT,
            CacheOptions.NONE);
    try (OperatorHarness operator = OperatorHarness.open(engine, target)) {
      engine.hold();
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger acceptedWhenFull = new AtomicInteger();
      Future<?> freer =
          OperatorHarness.whenBlocked(
              () -> {
                acceptedWhenFull.set(accepted.get());
                engine.letGo(1_000);
              });
      for (int i = 10; i < 99; i++) {
        operator.send("t" + i + ".");
        accepted.incrementAndGet();
      }
      TestingThreads.get(freer);
      operator.untilOutput(89);
      assertThat(acceptedWhenFull.get()).isBetween(5, 50);
      assertThat(operator.inputs()).doesNotHaveDuplicates();
    }
  }
}
