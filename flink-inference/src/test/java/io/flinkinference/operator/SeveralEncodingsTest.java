package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingPartsTask;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of which each is three inputs of the model. */
@Timeout(60)
class SeveralEncodingsTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyRecordGetsTheMergedResultOfItsOwnParts(boolean ordered) throws Exception {
    Random random = new Random(7);
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String text = "x".repeat(1 + random.nextInt(12)) + random.nextInt(60);
      boolean poison = random.nextInt(20) == 0;
      text = poison ? "p" + text : text;
      all.add(text);
      (poison ? bad : good).add(text);
    }
    // Little room, so that parts of a record travel in different batches.
    OperatorOptions options = OperatorHarness.options(ordered, 30, 300, 32);
    try (OperatorHarness operator = open(TestingEngine.free(), options)) {
      operator.send(all.toArray(String[]::new));
      operator.untilOutput(good.size());
      operator.untilDeadLetters(bad.size());
      if (ordered) {
        assertThat(operator.inputs()).isEqualTo(good);
      } else {
        assertThat(operator.inputs()).containsExactlyInAnyOrderElementsOf(good);
      }
      assertThat(operator.results())
          .allMatch(one -> one.result().equals(TestingPartsTask.expected(one.input())));
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input)
          .containsExactlyInAnyOrderElementsOf(bad);
      assertThat(operator.deadLetters())
          .allMatch(letter -> letter.reason() == DeadLetterReason.ENGINE_FAILURE);
    }
  }

  @Test
  void aRecordWaitsForItsLastPart() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    // One part a batch.
    try (OperatorHarness operator = open(engine, OperatorHarness.options(true, 100, 10_000, 2))) {
      operator.send("x");
      for (int part = 0; part < 2; part++) {
        engine.letGo(1);
        operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
      }
      assertThat(operator.results()).isEmpty();
      engine.letGo(1);
      operator.untilOutput(1);
      assertThat(operator.results())
          .extracting(Scored::result)
          .containsExactly(TestingPartsTask.expected("x"));
    }
  }

  @Test
  void snapshotBetweenThePartsHoldsTheRecordOnce() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorOptions onePart = OperatorHarness.options(false, 100, 10_000, 2);
    OperatorSubtaskState state;
    try (OperatorHarness operator = open(engine, onePart)) {
      operator.send("x", "y");
      engine.letGo(1);
      operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
      state = operator.snapshot();
      assertThat(operator.results()).isEmpty();
    }
    OperatorHarness restored = harness(TestingEngine.free(), onePart);
    try (restored) {
      restored.flink().initializeState(state);
      restored.flink().open();
      restored.untilOutput(2);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("x", "y");
      assertThat(restored.results())
          .allMatch(one -> one.result().equals(TestingPartsTask.expected(one.input())));
    }
  }

  @Test
  void partsOfARecordThatHasFailedAreNotRun() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    // The first part, then the poison with the probe, and then the third would be next.
    try (OperatorHarness operator = open(engine, OperatorHarness.options(true, 100, 10_000, 2))) {
      operator.send("p");
      engine.letGo(1);
      operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
      engine.letGo(2);
      operator.flink().getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
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
  void equalTextsInFlightRunOnce() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = open(engine, OPTIONS)) {
      operator.send("x", "x", "x");
      engine.letGo(100);
      operator.untilOutput(3);
      assertThat(operator.results())
          .allMatch(one -> one.result().equals(TestingPartsTask.expected("x")));
    }
    assertThat(engine.batches().stream().mapToInt(batch -> batch.rows()).sum()).isEqualTo(3);
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

  private static OperatorHarness open(TestingEngine engine, OperatorOptions options)
      throws Exception {
    OperatorHarness operator = harness(engine, options);
    operator.flink().open();
    return operator;
  }

  private static OperatorHarness harness(TestingEngine engine, OperatorOptions options)
      throws Exception {
    return new OperatorHarness(engine, options, new TestingPartsTask(), null);
  }
}
