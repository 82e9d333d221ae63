package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.TextPolicy;
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
            CacheOptions.NONE);
    OperatorHarness operator = OperatorHarness.open(TestingEngine.free(), options);
    operator.send(TEXTS);
    operator.flink().endInput();
    return operator;
  }
}
