package io.flinkinference.tools.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParityTest {

  @Test
  void sameAnswersHaveCosineOneAndAgree() {
    List<Answer> answers = List.of(vector(1, 0), vector(0.6f, 0.8f), vector(0, 1));
    Parity parity = Parity.of(answers, answers);
    assertThat(parity.minCosine()).isCloseTo(1, within(1e-9));
    assertThat(parity.meanCosine()).isCloseTo(1, within(1e-9));
    assertThat(parity.agreement()).isEqualTo(1);
  }

  @Test
  void worstAnswerIsTold() {
    Parity parity =
        Parity.of(List.of(vector(1, 0), vector(1, 0)), List.of(vector(1, 0), vector(0.6f, 0.8f)));
    assertThat(parity.minCosine()).isCloseTo(0.6, within(1e-6));
    assertThat(parity.meanCosine()).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void agreementOfLabelsCountsTheBestOnes() {
    Answer good = new Answer(Map.of("good", 0.9f, "bad", 0.1f), "good");
    Answer bad = new Answer(Map.of("good", 0.4f, "bad", 0.6f), "bad");
    assertThat(Parity.of(List.of(good, good), List.of(good, bad)).agreement()).isEqualTo(0.5);
  }

  @Test
  void agreementOfVectorsIsThatOfTheirNeighbours() {
    List<Answer> one = List.of(vector(1, 0), vector(0.9f, 0.1f), vector(0, 1));
    List<Answer> other = List.of(vector(1, 0), vector(0.1f, 0.9f), vector(0, 1));
    assertThat(Parity.of(one, other).agreement()).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void singleScoresAreComparedByTheirDifference() {
    Answer one = new Answer(Map.of("score", 0.9f), "score");
    Answer other = new Answer(Map.of("score", 0.4f), "score");
    assertThat(Parity.of(List.of(one), List.of(other)).minCosine()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void whatIsNoNumberNeverPasses() {
    Parity parity = Parity.of(List.of(vector(1, 0)), List.of(vector(Float.NaN, 0)));
    assertThat(parity.minCosine()).isEqualTo(-1);
    assertThat(ParityLimits.SAME.failures(parity)).hasSize(2);
  }

  @Test
  void failuresNameFigureAndLimit() {
    ParityLimits limits = new ParityLimits(0.99, 0.5, 0.5);
    assertThat(limits.failures(new Parity(3, 0.9, 0.95, 1)))
        .containsExactly("the lowest cosine is 0.900000, below the limit of 0.990000");
  }

  private static Answer vector(float x, float y) {
    return new Answer(Map.of("0", x, "1", y), "");
  }
}
