package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticLayerTest {

  private static final int IN = 24;
  private static final int OUT = 8;
  private static final int TOKENS = 300;

  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"0, 0", "0.24, 0", "0.26, 0.5", "0.75, 1", "1.25, 1", "127, 95.5", "-40, -32"})
  void numbersAreRoundedToHalvesToTheEvenAndCut(float number, float rounded) {
    Steps steps = new Steps(0.5f, 64);
    assertThat(steps.rounded(number)).isEqualTo(rounded);
  }

  @Test
  void stepsHoldZeroAndBothEnds() {
    Steps steps = Steps.between(-1, 3);
    assertThat(steps.rounded(0)).isZero();
    assertThat(steps.rounded(-1)).isCloseTo(-1, within(steps.scale()));
    assertThat(steps.rounded(3)).isCloseTo(3, within(steps.scale()));
  }

  @Test
  void compensatedWeightsLoseLessThanTheNearestOnes() {
    Activations activations = correlated();
    float[] weights = gaussian(IN * OUT);
    int most = 7;
    float[] divisors = new float[IN];
    Arrays.fill(divisors, 1);
    float[] scales = Columns.scales(weights, OUT, most);
    float[] nearest = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      nearest[i] = Math.round(weights[i] / scales[i % OUT]) * scales[i % OUT];
    }
    Columns rounded = new CompensatedRounding(activations, divisors).round(weights, most);
    assertThat(error(activations, weights, read(rounded)))
        .isLessThan(0.5 * error(activations, weights, nearest));
  }

  @Test
  void outputsAreRightInTheMean() {
    Activations activations = correlated();
    float[] weights = gaussian(IN * OUT);
    StaticLayer layer = rounded(activations, weights);
    assertRightInTheMean(activations, weights, layer);
  }

  private static void assertRightInTheMean(
      Activations activations, float[] weights, StaticLayer layer) {
    float[] rounded = read(layer.weights());
    for (int column = 0; column < OUT; column++) {
      double sum = 0;
      for (float[] token : activations.tokens()) {
        for (int channel = 0; channel < IN; channel++) {
          float step = layer.steps().rounded(token[channel] / layer.divisors()[channel]);
          sum += step * rounded[channel * OUT + column];
          sum -= token[channel] * weights[channel * OUT + column];
        }
        sum -= layer.excess()[column];
      }
      assertThat(sum / TOKENS).isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void channelsThatAreAlwaysZeroDoNoHarm() {
    float[][] tokens = new float[3][IN];
    StaticLayer layer = rounded(Activations.of(tokens), gaussian(IN * OUT));
    assertThat(layer.excess()).containsOnly(0);
    for (float value : read(layer.weights())) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void layersThatShareWeightsAreEachRightInTheMean() {
    Activations one = correlated();
    Activations other = correlated();
    float[] weights = gaussian(IN * OUT);
    List<StaticLayer> layers = StaticLayer.of(List.of(one, other), weights, Columns.SEVEN_BITS);
    assertThat(layers.get(1).weights()).isSameAs(layers.get(0).weights());
    assertThat(layers.get(1).divisors()).isSameAs(layers.get(0).divisors());
    assertRightInTheMean(one, weights, layers.get(0));
    assertRightInTheMean(other, weights, layers.get(1));
  }

  private static StaticLayer rounded(Activations activations, float[] weights) {
    return StaticLayer.of(List.of(activations), weights, Columns.SEVEN_BITS).get(0);
  }

  /** Tokens whose channels go together, as those of models do, around a mean that is not zero. */
  private Activations correlated() {
    float[][] tokens = new float[TOKENS][IN];
    for (float[] token : tokens) {
      float common = (float) random.nextGaussian();
      for (int channel = 0; channel < IN; channel++) {
        token[channel] = 1 + 2 * common + 0.3f * (float) random.nextGaussian();
      }
    }
    return Activations.of(tokens);
  }

  private float[] gaussian(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] read(Columns columns) {
    byte[] values = new byte[columns.values().count()];
    columns.values().data().get(values);
    float[] scales = columns.scales().toFloats();
    float[] numbers = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i] * scales[i % OUT];
    }
    return numbers;
  }

  private static double error(Activations activations, float[] weights, float[] rounded) {
    double error = 0;
    for (float[] token : activations.tokens()) {
      for (int column = 0; column < OUT; column++) {
        double difference = 0;
        for (int channel = 0; channel < IN; channel++) {
          int at = channel * OUT + column;
          difference += token[channel] * (weights[at] - rounded[at]);
        }
        error += difference * difference;
      }
    }
    return error;
  }
}
