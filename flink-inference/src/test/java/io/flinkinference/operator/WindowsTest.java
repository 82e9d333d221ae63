package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.task.TextPrefix;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.task.WindowOptions;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingWindowsTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of more tokens than a window takes, which are 8; each shares 3 with the one before it. */
@Timeout(60)
class WindowsTest {

  private static final int OVERLAP = 3;
  private static final int MOST = 12;
  private static final String LONG = "abcdefghijklmnopqrs"; // Four windows, the last of 4 tokens.

  private static OperatorOptions options(boolean ordered, int maxRecords, int tokenBudget) {
    return new OperatorOptions(
        ordered,
        maxRecords,
        10_000,
        BatchOptions.fixed(tokenBudget),
        new TextPolicy(
            BlankText.DEAD_LETTER,
            LongText.WINDOW,
            TextPrefix.AS_MODEL,
            new WindowOptions(OVERLAP, MOST, WindowMerge.AS_TASK)),
        1_000,
        OperatorHarness.OPEN_LIMIT,
        CacheOptions.NONE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyTextGetsTheMergedResultOfItsOwnWindows(boolean ordered) throws Exception {
    Random random = new Random(9);
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(50); length > 0; length--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      if (random.nextInt(15) == 0) {
        text.setCharAt(random.nextInt(text.length()), (char) TestingEngine.POISON);
        bad.add(text.toString());
      } else {
        good.add(text.toString());
      }
      all.add(text.toString());
    }
    try (OperatorHarness operator = open(TestingEngine.free(), options(ordered, 20, 32))) {
      operator.send(all.toArray(String[]::new));
      operator.untilOutput(good.size());
      operator.untilDeadLetters(bad.size());
      if (ordered) {
        assertThat(operator.inputs()).isEqualTo(good);
      } else {
        assertThat(operator.inputs()).containsExactlyInAnyOrderElementsOf(good);
      }
      assertThat(operator.results()).allMatch(WindowsTest::isRight);
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input)
          .containsExactlyInAnyOrderElementsOf(bad);
    }
  }

  private static boolean isRight(Scored<String, String> scored) {
    return scored.result().equals(TestingWindowsTask.expected(scored.input(), OVERLAP));
  }

  @Test
  void windowsOfOneTextTravelInDifferentBatches() throws Exception {
    TestingEngine engine = TestingEngine.free();
    // One window a batch.
    try (OperatorHarness operator = open(engine, options(true, 100, 8))) {
      operator.send(LONG);
      operator.untilOutput(1);
      assertThat(operator.results()).allMatch(WindowsTest::isRight);
    }
    assertThat(engine.batches()).hasSize(TestingWindowsTask.windows(LONG, OVERLAP).size());
    assertThat(engine.batches()).allMatch(batch -> batch.paddedTokens() <= 8);
  }

  @Test
  void watermarkWaitsForAllWindowsOfEarlierTexts() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = open(engine, options(false, 100, 8))) {
      operator.send(LONG);
      operator.flink().processWatermark(new Watermark(7));
      operator.send("behind");
      // The windows but for the last, and what stands behind the watermark, are the engine's to
      // choose from.
      for (int batch = 0; batch < 2; batch++) {
        engine.letGo(1);
        operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
      }
      assertThat(operator.flink().getOutput()).isEmpty();
      engine.letGo(10);
      operator.untilOutput(3);
      List<Object> output = new ArrayList<>(operator.flink().getOutput());
      assertThat(output.get(0)).isInstanceOf(StreamRecord.class);
      assertThat(output.get(1)).isEqualTo(new Watermark(7));
      assertThat(operator.inputs()).containsExactly(LONG, "behind");
    }
  }

  @Test
  void aCheckpointBetweenTheWindowsHoldsTheTextOnceAndReplaysItToTheSameResult() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorSubtaskState state;
    try (OperatorHarness operator = open(engine, options(false, 100, 8))) {
      operator.send(LONG, "short");
      engine.letGo(1);
      operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
      state = operator.snapshot();
      assertThat(operator.results()).isEmpty();
    }
    OperatorHarness restored = harness(TestingEngine.free(), options(false, 100, 64));
    try (restored) {
      restored.flink().initializeState(state);
      restored.flink().open();
      restored.untilOutput(2);
      assertThat(restored.inputs()).containsExactlyInAnyOrder(LONG, "short");
      assertThat(restored.results()).allMatch(WindowsTest::isRight);
    }
  }

  @Test
  void aTextOfSeveralBadWindowsIsOneDeadLetter() throws Exception {
    String bad = "ab!defghijklmnop!rs!";
    try (OperatorHarness operator = open(TestingEngine.free(), options(true, 100, 32))) {
      operator.send(bad, "good");
      operator.untilOutput(1);
      operator.flink().endInput();
      assertThat(operator.inputs()).containsExactly("good");
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input, DeadLetter::reason)
          .containsExactly(tuple(bad, DeadLetterReason.ENGINE_FAILURE));
    }
  }

  @Test
  void equalTextsInFlightRunOnce() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = open(engine, options(true, 100, 64))) {
      operator.send(LONG, LONG, LONG);
      engine.letGo(100);
      operator.untilOutput(3);
      assertThat(operator.results()).allMatch(WindowsTest::isRight);
    }
    assertThat(engine.batches().stream().mapToInt(batch -> batch.rows()).sum())
        .isEqualTo(TestingWindowsTask.windows(LONG, OVERLAP).size());
  }

  @Test
  void aTextOfTooManyWindowsIsADeadLetterThatWasNotScored() throws Exception {
    TestingEngine engine = TestingEngine.free();
    String fits = "x".repeat(TestingModel.WINDOW + (MOST - 1) * (TestingModel.WINDOW - OVERLAP));
    try (OperatorHarness operator = open(engine, options(true, 100, 64))) {
      operator.send(fits, fits + "x");
      operator.untilOutput(1);
      operator.flink().endInput();
      assertThat(operator.inputs()).containsExactly(fits);
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::reason, DeadLetter::attempts)
          .containsExactly(tuple(DeadLetterReason.TOO_LONG, 0));
      assertThat(operator.deadLetters().get(0).message())
          .contains("makes 13 windows, but inference.text.max-windows is 12");
    }
  }

  private static OperatorHarness open(TestingEngine engine, OperatorOptions options)
      throws Exception {
    OperatorHarness operator = harness(engine, options);
    operator.flink().open();
    return operator;
  }

  private static OperatorHarness harness(TestingEngine engine, OperatorOptions options)
      throws Exception {
    return new OperatorHarness(engine, options, new TestingWindowsTask(), null);
  }
}
