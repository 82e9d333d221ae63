package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseWeightsTest {

  @TempDir private Path parent;

  @Test
  void layersOfSentenceTransformersAreReadInTheirOrder() throws IOException {
    TestModelDirectory directory =
        TestModelDirectory.in(parent)
            .with("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}")
            .with("2_Dense/config.json", "{\"in_features\": 3, \"out_features\": 2}")
            .with("2_Dense/model.safetensors", Safetensors.layer(2, 3))
            .with(
                "3_Dense/config.json",
                "{\"in_features\": 2, \"out_features\": 2, \"bias\": false,"
                    + " \"activation_function\": \"torch.nn.modules.linear.Identity\"}")
            .with("3_Dense/model.safetensors", Safetensors.of("linear.weight", 2, 2));
    String before = directory.read().sha256();
    directory.with(
        "modules.json",
        "[{\"path\": \"1_Pooling\", \"type\": \"x.Pooling\"},"
            + " {\"path\": \"2_Dense\", \"type\": \"x.Dense\"},"
            + " {\"path\": \"3_Dense\", \"type\": \"x.Dense\"},"
            + " {\"path\": \"4_Normalize\", \"type\": \"x.Normalize\"}]");
    Model model = directory.read();
    List<DenseModule> dense = model.config().dense();
    assertThat(dense)
        .extracting(DenseModule::activation)
        .containsExactly(Activation.TANH, Activation.IDENTITY);
    DenseWeights first = DenseWeights.load(dense.get(0));
    assertThat(first.weight()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(first.bias()).containsExactly(0.5f, 0.5f);
    assertThat(DenseWeights.all(dense).get(1).bias()).containsExactly(0, 0);
    assertThat(model.sha256()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"0x3C00, 1", "0xC000, -2", "0x0001, 5.9604645E-8", "0x7BFF, 65504", "0x8000, -0.0"})
  void halfFloatsAreWidened(String bits, float value) {
    assertThat(Half.toFloat(Integer.decode(bits).shortValue())).isCloseTo(value, within(1e-12f));
  }
}
