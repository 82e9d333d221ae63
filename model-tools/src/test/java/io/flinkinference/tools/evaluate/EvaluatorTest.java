package io.flinkinference.tools.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.tools.data.LabeledText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvaluatorTest {

  private static final List<String> LABELS = List.of("a", "b");

  private static Prediction of(long line, List<String> truth, double... scores) {
    return new Prediction(new LabeledText(line, "text", truth), scores);
  }

  @Test
  void figuresAreThoseCountedByHand() {
    Evaluation result =
        Evaluator.evaluate(
            LABELS,
            List.of(
                of(1, List.of("a"), 0.9, 0.1),
                of(2, List.of("a"), 0.2, 0.8),
                of(3, List.of("b"), 0.4, 0.6),
                of(4, List.of("b"), 0.05, 0.95)),
            false);
    assertThat(result.accuracy()).isEqualTo(0.75);
    assertThat(result.labels().get(0).precision()).isEqualTo(1);
    assertThat(result.labels().get(0).recall()).isEqualTo(0.5);
    assertThat(result.labels().get(1).f1()).isCloseTo(0.8, within(1e-12));
    assertThat(result.macroF1()).isCloseTo((2.0 / 3 + 0.8) / 2, within(1e-12));
    assertThat(result.confusion()).contains(new Confusion("b", "b", 2), new Confusion("a", "b", 1));
    assertThat(result.worst()).extracting(Mistake::line).containsExactly(2L);
    // Bins hold 0.6, 0.8, and 0.9 with 0.95; right are 1, 0 and 2.
    assertThat(result.calibrationError()).isCloseTo((0.4 + 0.8 + 0.15) / 4, within(1e-12));
  }

  @Test
  void intervalIsThatOfWilson() {
    Wilson interval = Wilson.of(90, 100);
    assertThat(interval.low()).isCloseTo(0.8256, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.9448, within(1e-4));
  }

  @Test
  void severalLabelsAreRightOnlyTogether() {
    Evaluation result =
        Evaluator.evaluate(
            LABELS,
            List.of(
                of(1, List.of("a", "b"), 0.9, 0.8),
                of(2, List.of("a", "b"), 0.9, 0.3),
                of(3, List.of(), 0.1, 0.2)),
            true);
    assertThat(result.accuracy()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(result.microF1()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(result.worst().get(0).score()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void rowsWithoutAPredictionAreWrong() {
    List<Prediction> right = List.of(of(1, List.of("a"), 0.9, 0.1), of(2, List.of("b"), 0.1, 0.9));
    List<LabeledText> unscored =
        List.of(
            new LabeledText(3, "text", List.of("a")), new LabeledText(4, "text", List.of("other")));
    Evaluation result = Evaluator.evaluate(LABELS, right, unscored, false);
    assertThat(result.rows()).isEqualTo(4);
    assertThat(result.accuracy()).isEqualTo(0.5);
    assertThat(result.accuracyLow()).isEqualTo(Wilson.of(2, 4).low());
    assertThat(result.macroF1()).isCloseTo((2.0 / 3 + 1 + 0) / 3, within(1e-12));
    assertThat(result.microF1()).isCloseTo(4.0 / 6, within(1e-12));
  }

  @Test
  void mistakesThatTheModelIsSurestOfComeFirst() {
    Evaluation result =
        Evaluator.evaluate(
            LABELS, List.of(of(1, List.of("a"), 0.4, 0.6), of(2, List.of("a"), 0.1, 0.9)), false);
    assertThat(result.worst()).extracting(Mistake::line).containsExactly(2L, 1L);
  }
}
