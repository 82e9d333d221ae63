package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1, 3c00",
    "-2, c000",
    "65504, 7bff",
    "65519, 7bff",
    "65520, 7c00",
    "0.333251953125, 3555",
    "0x1p-14, 400",
    "0x1p-24, 1",
    "0x1.8p-24, 2",
    "0x1p-25, 0",
    "0x1.ffffffp-15, 400",
    "1.00048828125, 3c00",
    "1.00146484375, 3c02",
    "-0.0, 8000",
    "Infinity, 7c00",
    "NaN, 7e00"
  })
  void floatsAreRoundedToTheNearestHalf(String value, String bits) {
    Tensor half = Half.of(Tensor.scalar(Float.parseFloat(value)));
    assertThat(half.data().getShort()).isEqualTo((short) Integer.parseInt(bits, 16));
  }

  @Test
  void lastBlockIsFilledWithZeros() {
    float[] weights = new float[2 * 40];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 2 == 0 ? i : -0.5f;
    }
    Blocks blocks = Blocks.of(Tensor.floats(weights, 40, 2), 0, 2);
    assertThat(blocks.values().shape()).containsExactly(2, 2, Blocks.SIZE);
    byte[] values = new byte[blocks.values().count()];
    blocks.values().data().get(values);
    float[] scales = blocks.scales().toFloats();
    for (int row = 0; row < 40; row++) {
      for (int column = 0; column < 2; column++) {
        int block = column * 2 + row / Blocks.SIZE;
        int step = (values[block * Blocks.SIZE + row % Blocks.SIZE] & 0xff) - 128;
        assertThat(step * scales[block])
            .isCloseTo(weights[row * 2 + column], within(scales[block] / 2 + 1e-4f));
      }
    }
    assertThat(values[values.length - 1] & 0xff).isEqualTo(128);
  }

  @Test
  void columnsHaveScalesOfTheirOwn() {
    Columns columns = Columns.of(Tensor.floats(new float[] {1, 100, -0.5f, 0}, 2, 2), 127);
    byte[] values = new byte[4];
    columns.values().data().get(values);
    assertThat(values).containsExactly(127, 127, -63, 0);
    assertThat(columns.scales().toFloats()).containsExactly(1f / 127, 100f / 127);
  }

  @Test
  void smoothingMovesReachFromActivationsToWeights() {
    Activations activations = Activations.of(new float[] {-16, 0}, new float[] {4, 1});
    assertThat(Smoothing.divisors(activations, new float[] {1, 1, 1, 1}, 0.5))
        .containsExactly(4, 1);
  }

  @Test
  void everyFourthTextIsHeldOut() {
    List<Encoding> texts = IntStream.range(0, 9).mapToObj(Encoding::of).toList();
    CalibrationTexts split = CalibrationTexts.split(texts, texts.subList(0, 1));
    assertThat(split.heldOut()).containsExactly(texts.get(3), texts.get(7));
    assertThat(split.calibration())
        .hasSize(7)
        .isSubsetOf(texts)
        .doesNotContainAnyElementsOf(split.heldOut());
    assertThat(split.otherDomain()).containsExactly(texts.get(0));
  }

  @Test
  void fewerTextsThanCanBeDividedAreRefused() {
    assertThatThrownBy(() -> CalibrationTexts.split(List.of(), List.of()))
        .hasMessageContaining("Give at least 4 texts");
  }

  @Test
  void unknownPrecisionIsRefused() {
    assertThat(Precision.of("int8-weights")).isEqualTo(Precision.INT8_WEIGHTS);
    assertThatThrownBy(() -> Precision.of("int4"))
        .hasMessage(
            "There is no precision 'int4'. Take one of: fp32, int8, int8-dynamic, int8-weights,"
                + " fp16.");
  }
}
