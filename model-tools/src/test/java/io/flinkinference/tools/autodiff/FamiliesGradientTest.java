package io.flinkinference.tools.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.session.ConstantFolding;
import io.flinkinference.tools.session.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FamiliesGradientTest {

  private static final TokenBatch BATCH =
      TokenBatch.of(Encoding.of(2, 20, 30, 40, 3), Encoding.of(2, 50, 3));

  static List<Path> models() throws IOException {
    return Families.all().stream()
        .filter(path -> !path.toString().contains("fp16") && !path.endsWith("tokens"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsOfAllWeightsOfAllLayersAreTheSlopes(Path model) {
    Graph graph = OnnxReader.read(model.resolve("model.onnx"));
    ConstantFolding.fold(graph);
    EncoderLayers layers = EncoderLayers.of(graph, Observation.of(graph));
    assertThat(layers.count()).isEqualTo(2);
    Set<String> weights = layers.weights(graph, 2);
    assertThat(weights).hasSizeGreaterThan(10);
    new Slopes(graph, graph.outputs().get(0).getName(), BATCH).check(weights, 2e-2);
  }
}
