package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.engine.EngineException;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.Task;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceOperatorTest {

  private static final OperatorOptions ORDERED = OperatorHarness.options(true, 100, 10_000, 64);

  @Test
  void everyRecordGetsItsOwnResultTimestampAndStamp() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), OPTIONS)) {
      operator.send("a", "bcd", "a longer text than the others");
      operator.untilOutput(3);
      assertThat(operator.results())
          .allSatisfy(
              scored -> {
                assertThat(scored.result()).isEqualTo(TestingModel.expected(scored.input()));
                assertThat(scored.stamp().name()).isEqualTo("testing");
                assertThat(scored.stamp().device()).isEqualTo("cpu");
              });
      assertThat(operator.flink().getRecordOutput()).allMatch(record -> record.getTimestamp() == 1);
    }
  }

  @Test
  void aRecordWithoutTimestampStaysWithout() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), OPTIONS)) {
      operator.flink().processElement(new StreamRecord<>("a"));
      operator.untilOutput(1);
      assertThat(operator.flink().getRecordOutput()).noneMatch(StreamRecord::hasTimestamp);
    }
  }

  @Test
  void orderedOutputKeepsTheOrderUnderRandomCompletion() throws Exception {
    TestingEngine engine = TestingEngine.held(4);
    try (OperatorHarness operator = OperatorHarness.open(engine, ORDERED)) {
      Random random = new Random(4);
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        sent.add("x".repeat(1 + random.nextInt(60)) + i);
      }
      operator.send(sent.toArray(String[]::new));
      engine.letGo(1_000);
      operator.untilOutput(80);
      assertThat(operator.inputs()).isEqualTo(sent);
    }
  }

  @Test
  void unorderedOutputLetsAShortBatchPassALongOne() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("first");
      awaitStarted(engine, 1);
      String longer = "l".repeat(60);
      // The batch after the first holds the oldest and its likes, so "o" passes the long text.
      operator.send("n", longer, "o");
      engine.letGo(1_000);
      operator.untilOutput(4);
      assertThat(operator.inputs()).containsExactly("first", "n", "o", longer);
    }
  }

  @Test
  void resultsLeaveAFewInAMail() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), OPTIONS)) {
      sendBlank(operator, 40);
      TaskMailbox mailbox = operator.flink().getTaskMailbox();
      List<Integer> sent = new ArrayList<>();
      while (mailbox.hasMail()) {
        mailbox.take(TaskMailbox.MIN_PRIORITY).run();
        sent.add(operator.deadLetters().size());
      }
      assertThat(sent).containsExactly(16, 32, 40);
    }
  }

  @Test
  void resultsLetOtherMailPass() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), OPTIONS)) {
      sendBlank(operator, 40);
      TaskMailbox mailbox = operator.flink().getTaskMailbox();
      List<Integer> sentBefore = new ArrayList<>();
      mailbox.put(
          new Mail(
              () -> sentBefore.add(operator.deadLetters().size()),
              TaskMailbox.MIN_PRIORITY,
              "a checkpoint"));
      operator.untilDeadLetters(40);
      assertThat(sentBefore).containsExactly(1);
    }
  }

  private static void sendBlank(OperatorHarness operator, int texts) throws Exception {
    for (int i = 0; i < texts; i++) {
      operator.send(" ");
    }
  }

  @Test
  void inputIsNotReadFurtherWhileTheBufferIsFull() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorOptions two = OperatorHarness.options(false, 2, 10_000, 64);
    try (OperatorHarness operator = OperatorHarness.open(engine, two)) {
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger acceptedWhenFull = new AtomicInteger();
      Future<?> freer =
          OperatorHarness.whenBlocked(
              () -> {
                acceptedWhenFull.set(accepted.get());
                engine.letGo(1_000);
              });
      for (String text : List.of("a", "b", "c", "d", "e")) {
        operator.send(text);
        accepted.incrementAndGet();
      }
      TestingThreads.get(freer);
      operator.untilOutput(5);
      assertThat(acceptedWhenFull).hasValue(2);
    }
  }

  @Test
  void tokensInFlightAreBoundedTooButNoTextIsTooLong() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    OperatorOptions tokens = OperatorHarness.options(false, 100, 10, 10);
    try (OperatorHarness operator = OperatorHarness.open(engine, tokens)) {
      operator.send("x".repeat(50));
      Future<?> freer = OperatorHarness.whenBlocked(() -> engine.letGo(1_000));
      operator.send("y"); // Returns only after the long text has left.
      TestingThreads.get(freer);
      assertThat(operator.inputs()).containsExactly("x".repeat(50));
      operator.untilOutput(2);
    }
  }

  @Test
  void endOfInputEmitsEverything() throws Exception {
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), OPTIONS)) {
      operator.send("a", "b", "c");
      operator.flink().endInput();
      assertThat(operator.inputs()).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void withObjectReuseARecordIsCopiedBeforeItIsKept() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = new OperatorHarness(engine, OPTIONS, 1, 0, true)) {
      operator.flink().open();
      StreamRecord<String> reused = new StreamRecord<>("one", 1);
      operator.flink().processElement(reused);
      reused.replace("two", 2);
      operator.flink().processElement(reused);
      engine.letGo(10);
      operator.untilOutput(2);
      assertThat(operator.inputs()).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void aBadRecordBecomesADeadLetterAndItsNeighboursAreScored() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send(
          "first", "good1", "bad!!", "good2", "nan~~", "null", "  ", "what?", "throw", "good3");
      engine.letGo(1_000);
      operator.untilOutput(4);
      operator.untilDeadLetters(6);
      assertThat(operator.results())
          .extracting(Scored::input)
          .containsExactlyInAnyOrder("first", "good1", "good2", "good3");
      assertThat(operator.results())
          .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input, DeadLetter::reason)
          .containsExactlyInAnyOrder(
              tuple("bad!!", DeadLetterReason.ENGINE_FAILURE),
              tuple("nan~~", DeadLetterReason.INVALID_OUTPUT),
              tuple("null", DeadLetterReason.NULL_TEXT),
              tuple("  ", DeadLetterReason.BLANK_TEXT),
              tuple("what?", DeadLetterReason.TOKENIZER_FAILURE),
              tuple("throw", DeadLetterReason.EXTRACTOR_FAILURE));
    }
  }

  @Test
  void anEngineThatFailsOnEveryRecordFailsTheJob() throws Exception {
    TestingEngine engine = TestingEngine.free();
    OperatorOptions three =
        new OperatorOptions(
            false,
            100,
            10_000,
            BatchOptions.fixed(64),
            TextPolicy.DEFAULT,
            3,
            OperatorHarness.OPEN_LIMIT,
            CacheOptions.NONE);
    try (OperatorHarness operator = OperatorHarness.open(engine, three)) {
      operator.send("a!", "b!", "c!", "d!");
      assertThatThrownBy(() -> operator.untilDeadLetters(4))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("3 records in a row");
    }
  }

  @Test
  void anEngineThatBreaksFailsTheJobAndNoRecordIsBlamed() throws Exception {
    TestingEngine engine = TestingEngine.free();
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      operator.send("good");
      operator.untilOutput(1);
      engine.breakDown();
      operator.send("a", "b", "c");
      assertThatThrownBy(() -> operator.untilDeadLetters(1))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("no record's fault");
      assertThat(operator.deadLetters()).isEmpty();
    }
  }

  @Test
  void aDeviceThatThisProcessCannotUseAnyMoreEndsTheProcess() throws Exception {
    TestingEngine engine = TestingEngine.free();
    try (OperatorHarness operator = OperatorHarness.open(engine, OPTIONS)) {
      engine.loseDevice();
      operator.send("a", "b", "c");
      // Flink's task halts the process for this class of errors, and for few others.
      assertThatThrownBy(() -> operator.untilDeadLetters(1))
          .isInstanceOf(InternalError.class)
          .hasMessageContaining("cannot use its device any more");
      assertThat(operator.deadLetters()).isEmpty();
    }
  }

  @Test
  void cancelDuringARunEndsTheRunAndClosesTheEngine() throws Exception {
    TestingEngine engine = TestingEngine.held(2);
    OperatorHarness operator = OperatorHarness.open(engine, OPTIONS);
    operator.send("a", "b", "c");
    awaitStarted(engine, 1);
    operator.close();
    assertThat(engine.isClosed()).isTrue();
    assertThat(operator.results()).isEmpty();
  }

  @Test
  void closingAfterAnOpeningThatFailedHalfWayGivesTheModelBack() throws Exception {
    TestingEngine engine = TestingEngine.free();
    Task<String> unfit =
        model -> {
          throw new ModelException("The model has no such head.");
        };
    OperatorHarness operator = new OperatorHarness(engine, OPTIONS, unfit, null);
    assertThatThrownBy(() -> operator.flink().open()).hasMessage("The model has no such head.");
    assertThat(engine.isClosed()).isFalse();
    operator.close();
    assertThat(engine.isClosed()).isTrue();
  }

  private static void awaitStarted(TestingEngine engine, int runs) {
    assertThat(TestingThreads.await(() -> engine.started() >= runs)).isTrue();
  }
}
