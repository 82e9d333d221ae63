package io.flinkinference.tools.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.session.Observation;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncoderLayersTest {

  private static Graph graph(String family) {
    Graph graph = OnnxReader.read(Families.of(family, "embedding").resolve("model.onnx"));
    Fusion.simplify(graph);
    OwnBiases.give(graph);
    return graph;
  }

  private static EncoderLayers layers(Graph graph) {
    return EncoderLayers.of(graph, Observation.of(graph));
  }

  @Test
  void lastLayerHasItsOwnWeights() {
    Graph graph = graph("bert");
    EncoderLayers layers = layers(graph);
    Set<String> last = layers.weights(graph, 1);
    Set<String> all = layers.weights(graph, 2);
    // Four projections, two layers between, two normalisations, with biases.
    assertThat(last).hasSize(16);
    assertThat(all).containsAll(last).hasSize(32);
  }

  @Test
  void sharedMatricesAreThoseOfEachLayer() {
    Graph graph = graph("albert");
    EncoderLayers layers = layers(graph);
    assertThat(layers.weights(graph, 1).stream().filter(name -> isMatrix(graph, name)))
        .hasSize(6)
        .containsExactlyElementsOf(
            layers.weights(graph, 2).stream().filter(name -> isMatrix(graph, name)).toList());
  }

  private static boolean isMatrix(Graph graph, String name) {
    return graph.constant(name).orElseThrow().rank() == 2;
  }

  @Test
  void tablesAreNotAmongTheWeights() {
    Graph graph = graph("bert");
    Set<String> all = layers(graph).weights(graph, 2);
    graph.nodes("Gather").forEach(node -> assertThat(all).doesNotContain(node.input(0)));
  }

  @Test
  void layersEndWithTheOutput() {
    Graph graph = graph("bert");
    EncoderLayers layers = layers(graph);
    assertThat(layers.input(2)).isEqualTo("last_hidden_state");
    assertThat(layers.isChained(graph, 0)).isTrue();
    Graph around = graph("modernbert");
    assertThat(layers(around).isChained(around, 0)).isFalse();
  }

  @Test
  void fusedGraphIsRefused() {
    Graph graph = graph("bert");
    Fusion.fuse(graph);
    assertThatThrownBy(() -> layers(graph))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("fused already")
        .hasMessageContaining("give the export");
  }
}
