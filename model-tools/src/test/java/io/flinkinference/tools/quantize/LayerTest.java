package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {

  @Test
  void productOverTextsIsNoLayer() {
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    int before = Layer.all(graph, Observation.of(graph)).size();
    String tokens = graph.outputs().get(0).getName();
    int width = 32;

    // As finetune puts a head behind an encoder: two rows for each text.
    String twice = graph.addConstant("twice", Tensor.longs(new long[] {0, 0}, 2));
    graph.add(Node.of("Gather", List.of(tokens, twice), "pooled").with("axis", 1));
    String weights = graph.addConstant("head", Tensor.floats(new float[width * 3], width, 3));
    graph.add(Node.of("MatMul", List.of("pooled", weights), "logits"));
    graph.addOutput("logits");

    assertThat(before).isEqualTo(12);
    assertThat(Layer.all(graph, Observation.of(graph))).hasSize(before);
  }
}
