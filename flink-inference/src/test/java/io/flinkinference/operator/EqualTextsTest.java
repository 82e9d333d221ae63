package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.Failure;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Scored;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.text.Encoding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EqualTextsTest {

  private static final OperatorOptions PLAIN = OperatorHarness.OPTIONS;
  private static final OperatorOptions ORDERED = OperatorHarness.options(true, 100, 10_000, 64);

  @Test
  void equalTextsInFlightAreScoredOnceAndEachIsEmitted() throws Exception {
    for (OperatorOptions options : List.of(PLAIN, ORDERED)) {
      TestingEngine engine = TestingEngine.held(1);
      try (OperatorHarness operator = OperatorHarness.open(engine, options)) {
        operator.send("first", "same", "other", "same", "first", "same");
        engine.letGo(1_000);
        operator.untilOutput(6);
        assertThat(operator.results())
            .allMatch(scored -> scored.result().equals(TestingModel.expected(scored.input())));
        assertThat(operator.inputs())
            .containsExactlyInAnyOrder("first", "same", "other", "same", "first", "same");
        assertThat(engine.batches().stream().mapToInt(batch -> batch.rows()).sum()).isEqualTo(3);
        if (options.ordered()) {
          assertThat(operator.inputs())
              .containsExactly("first", "same", "other", "same", "first", "same");
        }
      }
    }
  }

  @Test
  void aRecordThatFollowsDoesNotCrossAWatermark() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, PLAIN)) {
      operator.send("same");
      operator.flink().processWatermark(new Watermark(7));
      operator.send("same");
      engine.letGo(1_000);
      operator.untilOutput(3);
      List<Object> output = List.copyOf(operator.flink().getOutput());
      assertThat(output.get(0)).isInstanceOf(StreamRecord.class);
      assertThat(output.get(1)).isEqualTo(new Watermark(7));
      assertThat(output.get(2)).isInstanceOf(StreamRecord.class);
    }
  }

  @Test
  void equalBadTextsAreDeadLettersEach() throws Exception {
    TestingEngine engine = TestingEngine.held(1);
    try (OperatorHarness operator = OperatorHarness.open(engine, PLAIN)) {
      operator.send("bad!", "bad!", "bad!");
      engine.letGo(1_000);
      operator.untilDeadLetters(3);
      assertThat(operator.deadLetters()).extracting(DeadLetter::input).containsOnly("bad!");
    }
  }

  @Test
  void theSnapshotHoldsRecordsThatFollowToo() throws Exception {
    OperatorSubtaskState state;
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.held(1), PLAIN)) {
      operator.send("same", "same", "other");
      state = operator.snapshot();
    }
    try (OperatorHarness restored = OperatorHarness.restore(TestingEngine.free(), PLAIN, state)) {
      restored.untilOutput(3);
      assertThat(restored.inputs()).containsExactlyInAnyOrder("same", "same", "other");
    }
  }

  @Test
  void aCachedResultIsTheSameObjectAndNeedsNoRun() throws Exception {
    TestingEngine engine = TestingEngine.free();
    OperatorOptions cached =
        new OperatorOptions(
            true,
            100,
            10_000,
            BatchOptions.fixed(64),
            TextPolicy.DEFAULT,
            1_000,
            OperatorHarness.OPEN_LIMIT,
            new CacheOptions(10, Duration.ofHours(1)));
    try (OperatorHarness operator = OperatorHarness.open(engine, cached)) {
      operator.send("same");
      operator.untilOutput(1);
      operator.send("same", "new");
      operator.untilOutput(3);
      List<Scored<String, String>> results = operator.results();
      assertThat(results.get(1).result()).isSameAs(results.get(0).result());
      assertThat(operator.inputs()).containsExactly("same", "same", "new");
      assertThat(engine.batches()).hasSize(2);
    }
  }

  @Test
  void theCacheForgetsByAgeAndBySizeAndNeverKeepsAFailure() {
    AtomicLong clock = new AtomicLong();
    EqualTexts<String, String> texts =
        new EqualTexts<>(new CacheOptions(1_000, Duration.ofNanos(100)), clock::get);
    InFlightRecord<String, String> first = record(1);
    assertThat(texts.look(first)).isEqualTo(EqualTexts.Answer.LEADS);
    first.complete("one");
    texts.done(first);
    assertThat(texts.look(record(1))).isEqualTo(EqualTexts.Answer.CACHED);
    clock.set(101);
    assertThat(texts.look(record(1))).isEqualTo(EqualTexts.Answer.LEADS);

    InFlightRecord<String, String> failed = record(2);
    assertThat(texts.look(failed)).isEqualTo(EqualTexts.Answer.LEADS);
    failed.fail(new Failure(null, "no", 1));
    texts.done(failed);
    assertThat(texts.look(record(2))).isEqualTo(EqualTexts.Answer.LEADS);

    EqualTexts<String, String> small =
        new EqualTexts<>(new CacheOptions(2, Duration.ofHours(1)), clock::get);
    int cached = 0;
    for (int i = 0; i < 50; i++) {
      InFlightRecord<String, String> record = record(i);
      assertThat(small.look(record)).isEqualTo(EqualTexts.Answer.LEADS);
      record.complete("x");
      small.done(record);
    }
    for (int i = 0; i < 50; i++) {
      cached += small.look(record(i)) == EqualTexts.Answer.CACHED ? 1 : 0;
    }
    assertThat(cached).isLessThanOrEqualTo(2);
  }

  private static InFlightRecord<String, String> record(int token) {
    return new InFlightRecord<>(new StreamRecord<>("text"), Encoding.of(token));
  }
}
