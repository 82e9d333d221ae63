package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {

  @Test
  void halvesABatchUntilTheRecordAtFaultStandsAlone() {
    BatchReport<Text> report = run(TestingModel.DECODER, "aa", "bb", "!!", "dd", "ee", "ff", "gg");

    assertThat(report.entries()).hasSize(7);
    for (Text text : report.entries()) {
      if (text.text.equals("!!")) {
        assertThat(text.failure.reason()).isEqualTo(DeadLetterReason.ENGINE_FAILURE);
        assertThat(text.failure.message()).contains("Cannot run");
        assertThat(text.failure.attempts()).isEqualTo(4);
      } else {
        assertThat(text.result).isEqualTo(TestingModel.expected(text.text));
      }
    }
    // 7, its halves of 3 and 4, of the 3 one and two, of the two each alone.
    assertThat(report.runs()).isEqualTo(7);
    assertThat(report.realTokens()).isEqualTo(2 * (7 + 3 + 4 + 1 + 2 + 1 + 1));
    assertThat(report.fatal()).isNull();
  }

  @Test
  void aRowThatCannotBeDecodedFailsWithoutAnotherRun() {
    BatchReport<Text> report = run(TestingModel.DECODER, "aa", "~~", "cc");

    assertThat(report.runs()).isEqualTo(1);
    assertThat(report.entries().get(1).failure)
        .isEqualTo(new Failure(DeadLetterReason.INVALID_OUTPUT, "not a number", 1));
    assertThat(report.entries().get(2).result).isEqualTo(TestingModel.expected("cc"));
  }

  @Test
  void anErrorIsNoRecordsFault() {
    BatchReport<Text> report =
        run(
            (batch, row, outputs) -> {
              throw new OutOfMemoryError("no heap");
            },
            "aa",
            "bb");

    assertThat(report.fatal()).hasMessage("no heap");
    assertThat(report.entries()).allMatch(text -> text.failure == null && text.result == null);
  }

  @Test
  void theWatchCountsOnlyEngineFailuresInARow() {
    FailureWatch watch = new FailureWatch(2);
    Failure engine = new Failure(DeadLetterReason.ENGINE_FAILURE, "broken", 1);
    watch.observe(engine);
    watch.observe(null);
    watch.observe(new Failure(DeadLetterReason.INVALID_OUTPUT, "not a number", 1));
    watch.observe(engine);
    watch.observe(new Failure(DeadLetterReason.NULL_TEXT, "none", 0));
    assertThatThrownBy(() -> watch.observe(engine))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("2 records in a row")
        .hasMessageContaining("broken");
  }

  private static BatchReport<Text> run(TaskDecoder<String> decoder, String... texts) {
    Batcher<Text> batcher =
        new Batcher<>(
            (lengths, count, chosen) -> {
              for (int i = 0; i < count; i++) {
                chosen[i] = i;
              }
              return count;
            });
    for (String text : texts) {
      batcher.add(new Text(text));
    }
    List<BatchReport<Text>> reports = new ArrayList<>();
    BatchRunner<Text, String> runner =
        new BatchRunner<>(batcher, TestingEngine.free(), decoder, reports::add);
    assertThat(runner.hasWork()).isTrue();
    runner.runNext();
    assertThat(runner.hasWork()).isFalse();
    runner.runNext();
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  private static final class Text implements Entry<String> {
    private final String text;
    private String result;
    private Failure failure;

    Text(String text) {
      this.text = text;
    }

    @Override
    public Encoding encoding() {
      return Encoding.of(text.chars().toArray());
    }

    @Override
    public long acceptedNanos() {
      return 0;
    }

    @Override
    public void complete(String value) {
      result = value;
    }

    @Override
    public void fail(Failure why) {
      failure = why;
    }
  }
}
