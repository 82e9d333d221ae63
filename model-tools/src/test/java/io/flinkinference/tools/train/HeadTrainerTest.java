package io.flinkinference.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.progress.TestingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class HeadTrainerTest {

  private static final int SIZE = 6;

  /** Vectors around a corner for each label. */
  private static Examples corners(int count, double noise, long seed) {
    Random random = new Random(seed);
    List<float[]> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % 3;
      float[] vector = new float[SIZE];
      for (int j = 0; j < SIZE; j++) {
        vector[j] = (float) ((j == label ? 1 : 0) + noise * random.nextGaussian());
      }
      vectors.add(vector);
      labels.add(new int[] {label});
    }
    return new Examples(vectors, labels);
  }

  private static TrainOptions options(Loss loss) {
    return new TrainOptions(3, loss, false, List.of(1e-1, 1e-2, 1e-3), 100);
  }

  private static double accuracy(Head head, Examples examples) {
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      double[] scores = head.logits(examples.vectors().get(i));
      int top = 0;
      for (int k = 1; k < scores.length; k++) {
        top = scores[k] > scores[top] ? k : top;
      }
      right += top == examples.labels().get(i)[0] ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  @Test
  void gradientIsTheSlopeOfTheLoss() {
    for (Loss loss : Loss.values()) {
      double[] weights = {1, 2, 0.5, 1, 1, 3};
      LinearObjective objective = new LinearObjective(corners(6, 0.5, 1), weights, 3, 0.3, loss);
      double[] point = new Random(2).doubles(3 * (SIZE + 1), -1, 1).toArray();
      double[] gradient = new double[point.length];
      objective.at(point, gradient);
      double[] unused = new double[point.length];
      for (int i = 0; i < point.length; i++) {
        double[] up = point.clone();
        double[] down = point.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double slope = (objective.at(up, unused) - objective.at(down, unused)) / 2e-5;
        assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
      }
    }
  }

  @Test
  void roundingOfWhatIsConstantGetsNoLargeWeight() {
    Examples examples = corners(90, 0.3, 1);
    Random random = new Random(5);
    // As float it is one of a few neighbours, which say something of the label by chance.
    examples.vectors().forEach(vector -> vector[SIZE - 1] = 0.3f + 3e-8f * random.nextInt(3));
    Head head = HeadTrainer.train(options(Loss.SOFTMAX), examples, examples, Progress.NONE).head();
    for (float weight : head.weights()) {
      assertThat(Math.abs(weight)).isLessThan(1_000);
    }
  }

  @Test
  void minimumOfAQuadraticIsFound() {
    Objective bowl =
        (point, gradient) -> {
          double value = 0;
          for (int i = 0; i < point.length; i++) {
            double distance = point[i] - i;
            gradient[i] = 2 * (i + 1) * distance;
            value += (i + 1) * distance * distance;
          }
          return value;
        };
    double[] found = Lbfgs.minimize(bowl, new double[5], 100, point -> true);
    assertThat(found).containsExactly(new double[] {0, 1, 2, 3, 4}, within(1e-3));
  }

  @Test
  void labelsThatLieApartAreTold() {
    Trained trained =
        HeadTrainer.train(
            options(Loss.SOFTMAX), corners(300, 0.2, 1), corners(60, 0.2, 2), Progress.NONE);
    assertThat(accuracy(trained.head(), corners(300, 0.2, 3))).isGreaterThan(0.97);
  }

  @Test
  void sameExamplesGiveTheSameBits() {
    Examples train = corners(301, 0.5, 1);
    Examples validation = corners(60, 0.5, 2);
    Head one = HeadTrainer.train(options(Loss.SOFTMAX), train, validation, Progress.NONE).head();
    Head other = HeadTrainer.train(options(Loss.SOFTMAX), train, validation, Progress.NONE).head();
    assertThat(one.weights()).containsExactly(other.weights());
    assertThat(one.biases()).containsExactly(other.biases());
  }

  @Test
  void severalLabelsAreLearnedEachForItself() {
    Trained trained =
        HeadTrainer.train(
            options(Loss.SIGMOID), corners(300, 0.1, 1), corners(60, 0.1, 2), Progress.NONE);
    float[] both = {1, 1, 0, 0, 0, 0};
    double[] scores = trained.head().logits(both);
    Loss.SIGMOID.probabilities(scores);
    assertThat(scores[2]).isLessThan(0.5);
    assertThat(scores[0]).isGreaterThan(scores[2]);
  }

  @Test
  void allIterationsThatThereMayBeAreTold() {
    TestingProgress progress = new TestingProgress();
    HeadTrainer.train(options(Loss.SOFTMAX), corners(60, 0.2, 1), corners(60, 0.2, 2), progress);
    assertThat(progress.works()).containsExactly("teaching the head");
    progress.assertStepsDone();
  }

  @Test
  void withoutValidationTheFirstStrengthIsTaken() {
    Examples none = new Examples(List.of(), List.of());
    TestingProgress progress = new TestingProgress();
    Trained trained = HeadTrainer.train(options(Loss.SOFTMAX), corners(12, 0.2, 1), none, progress);
    progress.assertStepsDone();
    assertThat(trained.strength()).isEqualTo(1e-1);
    assertThat(trained.temperature()).isEqualTo(1);
  }

  @Test
  void probabilitiesAreAsSureAsSoManyRowsCanTellWhereAllAreRight() {
    List<int[]> labels = corners(60, 0, 1).labels();
    for (double size : new double[] {3, 10, 30}) {
      List<double[]> logits = new ArrayList<>();
      for (int[] label : labels) {
        double[] row = {-size, -size, -size};
        row[label[0]] = size;
        logits.add(row);
      }
      assertThat(probability(logits, labels, Loss.SOFTMAX)).isCloseTo(61 / 62.0, within(1e-3));
      assertThat(probability(logits, labels, Loss.SIGMOID)).isCloseTo(181 / 182.0, within(1e-3));
    }
  }

  /** That of the first label of the first row. */
  private static double probability(List<double[]> logits, List<int[]> labels, Loss loss) {
    double temperature = Temperature.fit(logits, labels, loss);
    double[] scores = Arrays.stream(logits.get(0)).map(logit -> logit / temperature).toArray();
    loss.probabilities(scores);
    return scores[labels.get(0)[0]];
  }

  @Test
  void lossOfAnEncoderThatIsAlwaysRightTellsHowFarLabelsLieApart() {
    // All right in both; in the second some rows are nearly wrong.
    List<int[]> labels = List.of(new int[] {0}, new int[] {1}, new int[] {0}, new int[] {1});
    List<double[]> clear =
        List.of(new double[] {9, 0}, new double[] {0, 9}, new double[] {9, 0}, new double[] {0, 9});
    List<double[]> close =
        List.of(new double[] {9, 0}, new double[] {0, 9}, new double[] {1, 0}, new double[] {0, 1});
    assertThat(fittedLoss(clear, labels)).isLessThan(fittedLoss(close, labels) - 0.05);
  }

  private static double fittedLoss(List<double[]> logits, List<int[]> labels) {
    double temperature = Temperature.fit(logits, labels, Loss.SOFTMAX);
    return Temperature.loss(
        logits,
        labels,
        DoubleStream.generate(() -> 1).limit(labels.size()).toArray(),
        Loss.SOFTMAX,
        temperature);
  }

  @Test
  void temperatureCoolsWhoIsTooSure() {
    Random random = new Random(5);
    List<double[]> logits = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double logit = random.nextGaussian();
      labels.add(new int[] {random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 0 : 1});
      logits.add(new double[] {3 * logit, 0});
    }
    assertThat(Temperature.fit(logits, labels, Loss.SOFTMAX)).isCloseTo(3, within(0.3));
  }
}
