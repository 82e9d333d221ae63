package io.flinkinference.tools.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParityTest {

  @Test
  void sameAnswersHaveCosineOneAndAgree() {
    List<Answer> answers = List.of(vector(1, 0), vector(0.6f, 0.8f), vector(0, 1));
    Parity parity = compare(answers, answers);
    assertThat(parity.minCosine()).isCloseTo(1, within(1e-9));
    assertThat(parity.meanCosine()).isCloseTo(1, within(1e-9));
    assertThat(parity.agreement()).isEqualTo(1);
  }

  @Test
  void worstAnswerIsTold() {
    Parity parity =
        compare(List.of(vector(1, 0), vector(1, 0)), List.of(vector(1, 0), vector(0.6f, 0.8f)));
    assertThat(parity.minCosine()).isCloseTo(0.6, within(1e-6));
    assertThat(parity.meanCosine()).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void agreementOfLabelsCountsTheBestOnes() {
    Answer good = new LabelAnswer(Map.of("good", 0.9f, "bad", 0.1f), "good");
    Answer bad = new LabelAnswer(Map.of("good", 0.4f, "bad", 0.6f), "bad");
    assertThat(compare(List.of(good, good), List.of(good, bad)).agreement()).isEqualTo(0.5);
  }

  @Test
  void agreementOfVectorsIsThatOfTheirNeighbours() {
    List<Answer> one = List.of(vector(1, 0), vector(0.9f, 0.1f), vector(0, 1));
    List<Answer> other = List.of(vector(1, 0), vector(0.1f, 0.9f), vector(0, 1));
    assertThat(compare(one, other).agreement()).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void agreementIsThatOfLookingForEachNeighbourAlone() {
    for (int seed = 0; seed < 20; seed++) {
      // Of 5 numbers, so that some are left over, and some neighbours are as near but for 0.02.
      List<float[]> one = randomVectors(60, 5, seed);
      List<float[]> other = new ArrayList<>(one);
      other.subList(0, 30).replaceAll(float[]::clone);
      other.subList(0, 30).forEach(vector -> vector[0] += 1);
      double kept =
          IntStream.range(0, one.size())
              .filter(
                  i ->
                      cosine(one.get(i), one.get(nearest(other, i)))
                          >= cosine(one.get(i), one.get(nearest(one, i))) - 0.02)
              .count();
      assertThat(compare(answers(one), answers(other)).agreement()).isEqualTo(kept / 60);
    }
  }

  /**
   * As of an encoder that nobody taught to tell texts apart, and a form that says always the same.
   */
  @Test
  void aModelThatSaysTheSameOfAllTextsFailsAlsoWhereTheyAreNear() {
    List<float[]> near = randomVectors(60, 5, 1);
    near.forEach(vector -> vector[0] += 100);
    float[] constant = {1, 0, 0, 0, 0};
    List<float[]> same = near.stream().map(vector -> constant).toList();
    assertThat(ParityLimits.PRUNED.failures(compare(answers(near), answers(same))))
        .singleElement()
        .asString()
        .startsWith("the agreement is ");
    assertThat(compare(answers(near), answers(near)).agreement()).isEqualTo(1);
    assertThat(compare(answers(same), answers(same)).agreement()).isEqualTo(1);
  }

  /** Three thousand embeddings as of MiniLM, which once took ten minutes. */
  @Test
  @Timeout(60)
  void thousandsOfVectorsTakeSeconds() {
    List<Answer> answers = answers(randomVectors(3_000, 384, 1));
    AtomicInteger done = new AtomicInteger();
    assertThat(Parity.of(answers, answers, done::incrementAndGet).agreement()).isEqualTo(1);
    assertThat(done).hasValue(3_000);
  }

  @Test
  void vectorsAreFarFromLabels() {
    Answer label = new LabelAnswer(Map.of("good", 1f), "good");
    Parity parity = compare(List.of(vector(1, 0), vector(0, 1)), List.of(label, label));
    assertThat(parity).isEqualTo(new Parity(2, 0, 0, 0));
  }

  @Test
  void aTokenNearTheBorderBetweenTwoLabelsCountsAsOneTokenAndHardlyAnyDistance() {
    Answer one = new TokenAnswer(2, 0.99f, 0.01f, 0.51f, 0.49f, 0.02f, 0.98f, 0.9f, 0.1f);
    Answer other = new TokenAnswer(2, 0.99f, 0.01f, 0.49f, 0.51f, 0.02f, 0.98f, 0.9f, 0.1f);
    Parity parity = compare(List.of(one), List.of(other));
    assertThat(parity.agreement()).isEqualTo(0.75);
    assertThat(parity.minCosine()).isBetween(0.999, 0.9999);
  }

  @Test
  void anotherNumberOfTokensIsNoLikeness() {
    Answer one = new TokenAnswer(2, 1, 0);
    assertThat(compare(List.of(one), List.of(new TokenAnswer(2, 1, 0, 1, 0))))
        .isEqualTo(new Parity(1, 0, 0, 0));
  }

  @Test
  void singleScoresAreComparedByTheirSpread() {
    Parity parity = compare(scores(-2, 0, 2), scores(-2, 0, 1));
    assertThat(parity.minCosine()).isCloseTo(1 - 1 / (2 * 8.0 / 3), within(1e-6));
    assertThat(parity.meanCosine()).isCloseTo(1 - 1 / (2 * 8.0), within(1e-6));
    assertThat(parity.agreement()).isEqualTo(1);
  }

  /** Scores of a cross-encoder that its graph makes by a sigmoid, of texts that do not fit. */
  @Test
  void aModelThatLostItsRankingAmongSmallScoresFails() {
    Parity parity = compare(scores(1e-5f, 2e-5f, 3e-5f), scores(1e-4f, 1e-4f, 1e-4f));
    assertThat(parity.minCosine()).isEqualTo(-1);
    assertThat(ParityLimits.PRUNED.failures(parity)).hasSize(2);
  }

  @Test
  void withoutASpreadEachOtherScoreIsFar() {
    assertThat(compare(scores(1, 1), scores(1, 1.1f)).meanCosine()).isZero();
    assertThat(compare(scores(1, 1), scores(1, Float.NaN)).minCosine()).isEqualTo(-1);
  }

  @Test
  void whatIsNoNumberNeverPasses() {
    Parity parity = compare(List.of(vector(1, 0)), List.of(vector(Float.NaN, 0)));
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
    return new VectorAnswer(new float[] {x, y});
  }

  private static List<Answer> scores(float... scores) {
    List<Classification> results = new ArrayList<>();
    for (float score : scores) {
      results.add(new Classification(List.of(new LabelScore("relevance", score))));
    }
    return ScoreAnswer.all(results);
  }

  private static Parity compare(List<Answer> original, List<Answer> other) {
    return Parity.of(original, other, () -> {});
  }

  private static List<float[]> randomVectors(int count, int size, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> new float[size])
        .limit(count)
        .peek(
            vector -> {
              for (int i = 0; i < size; i++) {
                vector[i] = (float) random.nextGaussian();
              }
            })
        .toList();
  }

  private static List<Answer> answers(List<float[]> vectors) {
    return vectors.stream().<Answer>map(VectorAnswer::new).toList();
  }

  private static double cosine(float[] one, float[] other) {
    return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
  }

  private static double product(float[] one, float[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> (double) one[i] * other[i]).sum();
  }

  private static int nearest(List<float[]> vectors, int text) {
    return IntStream.range(0, vectors.size())
        .filter(i -> i != text)
        .boxed()
        .max(Comparator.comparingDouble(i -> cosine(vectors.get(text), vectors.get(i))))
        .orElseThrow();
  }
}
