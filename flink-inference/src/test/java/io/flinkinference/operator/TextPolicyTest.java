package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.task.TextPrefix;
import io.flinkinference.task.WindowOptions;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TextPolicyTest {

  private static final String[] TEXTS = {"a", "", " \t", "null", "b"};

  @Test
  void blankTextsAndNullsBecomeDeadLetters() throws Exception {
    try (OperatorHarness operator = open(BlankText.DEAD_LETTER)) {
      assertThat(operator.inputs()).containsExactly("a", "b");
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::input, DeadLetter::reason)
          .containsExactly(
              tuple("", DeadLetterReason.BLANK_TEXT),
              tuple(" \t", DeadLetterReason.BLANK_TEXT),
              tuple("null", DeadLetterReason.NULL_TEXT));
    }
  }

  @Test
  void theTaskIsToldWhatComesBeforeTheTexts() throws Exception {
    OperatorOptions options = OperatorHarness.options(false, 100, 10_000, 64);
    TextPrefix prefix = new TextPrefix("query: ", null);
    TextPolicy policy =
        new TextPolicy(BlankText.DEAD_LETTER, LongText.TRUNCATE, prefix, WindowOptions.DEFAULT);
    try (OperatorHarness operator =
        new OperatorHarness(
            TestingEngine.free(),
            new OperatorOptions(
                options.ordered(),
                options.maxRecords(),
                options.maxTokens(),
                options.batching(),
                policy,
                options.maxConsecutiveFailures(),
                options.openLimit(),
                options.cache()),
            new TellingPrefix(),
            null)) {
      operator.flink().open();
      operator.send("a");
      operator.untilOutput(1);
      assertThat(operator.results()).extracting(Scored::result).containsExactly("query: ");
    }
  }

  /** Its result is the prefix. */
  private record TellingPrefix() implements Task<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public TaskDecoder<String> open(LoadedModel model) {
      throw new AssertionError("The prefix is left out.");
    }

    @Override
    public TaskDecoder<String> open(LoadedModel model, TextPrefix prefix) {
      return (batch, row, outputs) -> prefix.literal();
    }
  }

  @Test
  void skippedTextsLeaveTheStream() throws Exception {
    try (OperatorHarness operator = open(BlankText.SKIP)) {
      assertThat(operator.inputs()).containsExactly("a", "b");
      assertThat(operator.deadLetters()).isEmpty();
    }
  }

  @Test
  void emptyResultsKeepTheirPlace() throws Exception {
    try (OperatorHarness operator = open(BlankText.EMPTY_RESULT)) {
      assertThat(operator.results())
          .extracting(Scored::input, Scored::result)
          .containsExactly(
              tuple("a", TestingModel.expected("a")),
              tuple("", TestingModel.EMPTY_RESULT),
              tuple(" \t", TestingModel.EMPTY_RESULT),
              tuple("null", TestingModel.EMPTY_RESULT),
              tuple("b", TestingModel.expected("b")));
      assertThat(operator.deadLetters()).isEmpty();
    }
  }

  @Test
  void blankTextsAreScoredButNullsCannotBe() throws Exception {
    try (OperatorHarness operator = open(BlankText.SCORE)) {
      assertThat(operator.inputs()).containsExactly("a", "", " \t", "b");
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly(DeadLetterReason.NULL_TEXT);
    }
  }

  @Test
  void emptyResultsSayNothingAboutTheEngine() throws Exception {
    OperatorOptions two =
        new OperatorOptions(
            true,
            100,
            10_000,
            BatchOptions.fixed(64),
            new TextPolicy(BlankText.EMPTY_RESULT, LongText.TRUNCATE),
            2,
            OperatorHarness.OPEN_LIMIT,
            CacheOptions.NONE);
    try (OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), two)) {
      operator.send("a!", "");
      operator.untilOutput(1);
      operator.send("b!");
      assertThatThrownBy(() -> operator.untilDeadLetters(2))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("2 records in a row");
    }
  }

  private static OperatorHarness open(BlankText blank) throws Exception {
    OperatorOptions options =
        new OperatorOptions(
            true,
            100,
            10_000,
            BatchOptions.fixed(64),
            new TextPolicy(blank, LongText.TRUNCATE),
            1_000,
            OperatorHarness.OPEN_LIMIT,
            CacheOptions.NONE);
    OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), options);
    operator.send(TEXTS);
    operator.flink().endInput();
    return operator;
  }
}
