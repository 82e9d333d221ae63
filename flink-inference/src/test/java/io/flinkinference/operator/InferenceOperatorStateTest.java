package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceOperatorStateTest {

  @Test
  void snapshotDuringARunHoldsAllRecordsAndDoesNotWait() throws Exception {
    TestingEngine held = TestingEngine.held(2);
    OperatorSubtaskState state;
    try (OperatorHarness operator = OperatorHarness.open(held, OPTIONS)) {
      operator.send("a", "b");
      operator.flink().processWatermark(new Watermark(3));
      operator.send("c", "null");
      state = operator.snapshot(); // Would hang here if it waited: no run is let go.
      assertThat(operator.results()).isEmpty();
    }
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), OPTIONS, state)) {
      restored.untilOutput(3);
      restored.untilDeadLetters(1);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(restored.results())
          .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
      assertThat(restored.flink().getRecordOutput()).allMatch(record -> record.getTimestamp() == 1);
    }
  }

  @Test
  void aTaskThatStopsWithASavepointLeavesTheRestInFlight() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("a", "b", "c");
      engine.letGo(10);
      TaskMailbox mailbox = operator.flink().getTaskMailbox();
      assertThat(TestingThreads.await(mailbox::hasMail)).isTrue();
      mailbox.quiesce();
      // Flink still runs the mails that are there; none of them may fail the task.
      for (Mail mail : mailbox.drain()) {
        mail.run();
      }
      assertThat(operator.results()).isEmpty();
    }
  }

  @Test
  void whatWasEmittedIsNotInTheSnapshot() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorSubtaskState state;
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("gone");
      engine.letGo(1);
      operator.untilOutput(1);
      operator.send("kept");
      state = operator.snapshot();
    }
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), OPTIONS, state)) {
      restored.untilOutput(1);
      assertThat(restored.inputs()).containsExactly("kept");
    }
  }

  @Test
  void restoredRecordsRunBeforeNewOnes() throws Exception {
    OperatorOptions ordered = OperatorHarness.options(true, 100, 10_000, 64);
    OperatorSubtaskState state = snapshotOf("old1", "old2");
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), ordered, state)) {
      restored.send("new");
      restored.untilOutput(3);
      assertThat(restored.inputs()).containsExactly("old1", "old2", "new");
    }
  }

  @Test
  void moreRecordsThanTheNewCapacityAreRestored() throws Exception {
    OperatorOptions two = OperatorHarness.options(false, 2, 10_000, 64);
    OperatorSubtaskState state = snapshotOf("a", "b", "c", "d", "e");
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), two, state)) {
      restored.untilOutput(5);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }
  }

  @Test
  void aSecondSnapshotAfterARestoreHoldsWhatIsStillInFlight() throws Exception {
    OperatorSubtaskState state = snapshotOf("a", "b");
    OperatorSubtaskState again;
    try (OperatorHarness restored =
        OperatorHarness.restore(TestingEngine.held(1), OPTIONS, state)) {
      again = restored.snapshot();
    }
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), OPTIONS, again)) {
      restored.untilOutput(2);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void twoSubtasksBecomeThreeAndThreeBecomeOne() throws Exception {
    OperatorSubtaskState two =
        AbstractStreamOperatorTestHarness.repackageState(
            snapshotOf("a", "b", "c", "d"), snapshotOf("e", "f", "g"));
    List<OperatorSubtaskState> three = new ArrayList<>();
    List<String> restoredAtThree = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(two, 128, 2, 3, subtask);
      TestingEngine engine = TestingEngine.held(1);
      try (OperatorHarness restored = OperatorHarness.restore(engine, OPTIONS, share, 3, subtask)) {
        three.add(restored.snapshot());
        engine.letGo(10);
        restored.flink().endInput();
        assertThat(restored.inputs()).as("share of " + subtask).hasSizeBetween(2, 3);
        restoredAtThree.addAll(restored.inputs());
      }
    }
    assertThat(restoredAtThree).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");

    OperatorSubtaskState one =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            AbstractStreamOperatorTestHarness.repackageState(
                three.toArray(OperatorSubtaskState[]::new)),
            128,
            3,
            1,
            0);
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), OPTIONS, one)) {
      restored.untilOutput(7);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
    }
  }

  private static OperatorSubtaskState snapshotOf(String... texts) throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), OPTIONS)) {
      operator.send(texts);
      return operator.snapshot();
    }
  }
}
