package io.flinkinference.operator;

import static io.flinkinference.operator.OperatorHarness.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Scored;
import io.flinkinference.task.NaturalLanguageInferenceTask;
import io.flinkinference.task.RerankTask;
import io.flinkinference.task.Task;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records with two texts: the first is the record, the second what stands behind its colon. */
@Timeout(60)
class PairsTest {

  private static String second(String text) {
    return text.indexOf(':') < 0 ? null : text.substring(text.indexOf(':') + 1);
  }

  @Test
  void bothTextsAreScoredTogether() throws Exception {
    try (OperatorHarness operator =
        new OperatorHarness(
            TestingEngine.free(), OPTIONS, model -> TestingModel.DECODER, PairsTest::second)) {
      operator.flink().open();
      operator.send("a:b");
      operator.untilOutput(1);
      assertThat(operator.results())
          .extracting(Scored::result)
          .containsExactly(TestingModel.expected("a:b|b"));
    }
  }

  @Test
  void aSecondTextThatIsNullOrBlankIsADeadLetterLikeTheFirst() throws Exception {
    try (OperatorHarness operator =
        new OperatorHarness(
            TestingEngine.free(), OPTIONS, model -> TestingModel.DECODER, PairsTest::second)) {
      operator.flink().open();
      operator.send("no second", "blank: ");
      operator.untilDeadLetters(2);
      assertThat(operator.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactlyInAnyOrder(DeadLetterReason.NULL_TEXT, DeadLetterReason.BLANK_TEXT);
      assertThat(operator.deadLetters())
          .anyMatch(letter -> letter.message().contains("second text is blank"));
    }
  }

  @Test
  void aTaskOnPairsAsksForTheSecondTextAndOneThatHasItRefusesAnother() {
    Task<?> inference = new NaturalLanguageInferenceTask();
    assertThatThrownBy(() -> inference.form().check(false))
        .isInstanceOf(IllegalArgumentException.class)
        .as("of texts that are answers the second is the question")
        .hasMessageContaining(".pair(Answer::question)");
    Task<?> fixed = new RerankTask().withQuery("late deliveries");
    assertThatThrownBy(() -> fixed.form().check(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'late deliveries'");
    new RerankTask().form().check(true);
    fixed.form().check(false);
  }
}
