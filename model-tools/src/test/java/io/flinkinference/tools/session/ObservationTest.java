package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ObservationTest {

  /** A classifier that fails on a row that does not end in the token 19. */
  private static final Path ENDED =
      Path.of("../flink-inference/src/test/resources")
          .resolve("io/flinkinference/engine/onnx/tiny-classifier-ended.onnx");

  @Test
  void rowsEndAsTheGraphWantsThem() {
    Graph graph = OnnxReader.read(ENDED);
    assertThatThrownBy(() -> Observation.of(graph)).isInstanceOf(GraphException.class);
    graph.setEndToken(19);
    Observation observation = Observation.of(graph.copy());
    String output = graph.outputs().get(0).getName();
    assertThat(observation.shape(output).orElseThrow()[0]).isEqualTo(observation.rows());
  }
}
