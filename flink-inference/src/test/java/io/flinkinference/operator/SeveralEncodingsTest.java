package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.InputForm;
import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.task.TextPrefix;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.task.WindowOptions;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingPartsTask;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of which each is several parts: inputs of the model, or windows of a long text. */
@Timeout(60)
class SeveralEncodingsTest {

  private static final int OVERLAP = 3;
  private static final int MOST = 12;
  private static final String LONG = "ABCDEFGHIJKLMNOPQRS"; // Four windows, the last of 4 tokens.

  /** What the parts of a record are. */
  enum Several {
    /** Three inputs that the task makes of a text. */
    INPUTS("x", 3, 2, 'p'),
    /** Windows of 8 tokens, of which each shares 3 with the one before it. */
    WINDOWS(LONG, 4, TestingModel.WINDOW, (char) TestingEngine.POISON);

    private final String text;
    private final int parts;
    private final int tokens;
    private final char poison;

    /**
     * @param text one of several parts
     * @param parts how many
     * @param tokens of the longest part
     * @param poison texts that hold it fail
     */
    Several(String text, int parts, int tokens, char poison) {
      this.text = text;
      this.parts = parts;
      this.tokens = tokens;
      this.poison = poison;
    }

    /** With little room, so that parts of a record travel in different batches. */
    OperatorHarness harness(TestingEngine engine, boolean ordered, int tokenBudget)
        throws Exception {
      TextPolicy inWindows =
          new TextPolicy(
              BlankText.DEAD_LETTER,
              LongText.WINDOW,
              TextPrefix.AS_MODEL,
              new WindowOptions(OVERLAP, MOST, WindowMerge.AS_TASK));
      OperatorOptions options =
          new OperatorOptions(
              ordered,
              30,
              300,
              BatchOptions.fixed(tokenBudget),
              this == INPUTS ? TextPolicy.DEFAULT : inWindows,
              1_000,
              OperatorHarness.OPEN_LIMIT,
              CacheOptions.NONE);
      InputForm form = this == INPUTS ? TestingPartsTask.THREE_INPUTS : InputForm.AS_READ;
      return new OperatorHarness(engine, options, new TestingPartsTask(form), null);
    }

    OperatorHarness open(TestingEngine engine, boolean ordered, int tokenBudget) throws Exception {
      OperatorHarness operator = harness(engine, ordered, tokenBudget);
      operator.flink().open();
      return operator;
    }

    boolean isRight(Scored<String, String> scored) {
      String expected =
          this == INPUTS
              ? TestingPartsTask.expectedOfInputs(scored.input())
              : TestingPartsTask.expectedOfWindows(scored.input(), OVERLAP);
      return scored.result().equals(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"INPUTS, 12, true", "INPUTS, 12, false", "WINDOWS, 50, true", "WINDOWS, 50, false"})
  void everyRecordGetsTheMergedResultOfItsOwnParts(Several several, int longest, boolean ordered)
      throws Exception {
    Random random = new Random(9);
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(longest); length > 0; length--) {
        text.append((char) ('A' + random.nextInt(26)));
      }
      boolean poisoned = random.nextInt(15) == 0;
      if (poisoned) {
        text.setCharAt(random.nextInt(text.length()), several.poison);
      }
      all.add(text.toString());
      (poisoned ? bad : good).add(text.toString());
    }
    try (OperatorHarness operator = several.open(TestingEngine.free(), ordered, 32)) {
      operator.send(all.toArray(String[]::new));
      operator.untilOutput(good.size());
      operator.untilDeadLetters(bad.size());
      if (ordered) {
        assertThat(operator.inputs()).isEqualTo(good);
      } else {
        assertThat(operator.inputs()).containsExactlyInAnyOrderElementsOf(good);
      }
      assertThat(operator.results()).allMatch(several::isRight);
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input)
          .containsExactlyInAnyOrderElementsOf(bad);
      assertThat(operator.deadLetters())
          .allMatch(letter -> letter.reason() == DeadLetterReason.ENGINE_FAILURE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRecordWaitsForItsLastPart(Several several) throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    // One part a batch.
    try (OperatorHarness operator = several.open(engine, true, several.tokens)) {
      operator.send(several.text);
      for (int part = 1; part < several.parts; part++) {
        letGo(1, engine, operator);
      }
      assertThat(operator.results()).isEmpty();
      engine.letGo(1);
      operator.untilOutput(1);
      assertThat(operator.results()).hasSize(1).allMatch(several::isRight);
    }
    assertThat(engine.batches())
        .hasSize(several.parts)
        .allMatch(batch -> batch.paddedTokens() <= several.tokens);
  }

  @ParameterizedTest
  @EnumSource
  void snapshotBetweenThePartsHoldsTheRecordOnce(Several several) throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorSubtaskState state;
    try (OperatorHarness operator = several.open(engine, false, several.tokens)) {
      operator.send(several.text, "y");
      letGo(1, engine, operator);
      state = operator.snapshot();
      assertThat(operator.results()).isEmpty();
    }
    try (OperatorHarness restored = several.harness(TestingEngine.free(), false, 64)) {
      restored.flink().initializeState(state);
      restored.flink().open();
      restored.untilOutput(2);
      assertThat(restored.inputs()).containsExactlyInAnyOrder(several.text, "y");
      assertThat(restored.results()).allMatch(several::isRight);
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalTextsInFlightRunOnce(Several several) throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = several.open(engine, false, 64)) {
      operator.send(several.text, several.text, several.text);
      engine.letGo(100);
      operator.untilOutput(3);
      assertThat(operator.results()).allMatch(several::isRight);
    }
    assertThat(engine.batches().stream().mapToInt(batch -> batch.rows()).sum())
        .isEqualTo(several.parts);
  }

  @Test
  void partsOfARecordThatHasFailedAreNotRun() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    // The first part, then the poison with the probe, and then the third would be next.
    try (OperatorHarness operator = Several.INPUTS.open(engine, true, 2)) {
      operator.send("p");
      letGo(1, engine, operator);
      letGo(2, engine, operator);
      engine.letGo(10);
      operator.untilDeadLetters(1);
      assertThat(operator.deadLetters().get(0).attempts()).isEqualTo(1);
      operator.send("x");
      operator.untilOutput(1);
    }
    // Whether the third one had begun by the time the second came back is the threads' affair.
    assertThat(engine.started()).isBetween(6, 7);
  }

  @Test
  void watermarkWaitsForAllWindowsOfEarlierTexts() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = Several.WINDOWS.open(engine, false, 8)) {
      operator.send(LONG);
      operator.flink().processWatermark(new Watermark(7));
      operator.send("behind");
      // The windows but for the last, and what stands behind the watermark, are the engine's to
      // choose from.
      for (int batch = 0; batch < 2; batch++) {
        letGo(1, engine, operator);
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
  void aTextOfSeveralBadWindowsIsOneDeadLetter() throws Exception {
    String bad = "ab!defghijklmnop!rs!";
    try (OperatorHarness operator = Several.WINDOWS.open(TestingEngine.free(), true, 32)) {
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
  void aTextOfTooManyWindowsIsADeadLetterThatWasNotScored() throws Exception {
    String fits = "x".repeat(TestingModel.WINDOW + (MOST - 1) * (TestingModel.WINDOW - OVERLAP));
    try (OperatorHarness operator = Several.WINDOWS.open(TestingEngine.free(), true, 64)) {
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

  @Test
  void theTokensOfAllPartsCountAgainstTheCapacity() {
    InFlightRecord<String, String> record =
        new InFlightRecord<>(
            null,
            List.of(
                List.of(Window.whole(Encoding.of(1, 2))),
                List.of(Window.whole(Encoding.of(1, 2, 3)))));
    assertThat(record.tokens()).isEqualTo(5);
  }

  /** Lets runs go, and runs the mail that the first of them ends with. */
  private static void letGo(int runs, TestingEngine engine, OperatorHarness operator)
      throws Exception {
    engine.letGo(runs);
    operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
  }
}
