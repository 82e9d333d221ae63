package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.fuse.Fusion;
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

  @Test
  void productOverTheTokensOfAllRowsBehindEachOtherIsALayer() {
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    List<Layer> before = Layer.all(graph, Observation.of(graph));
    Node product = before.get(before.size() - 1).node(graph);
    int width = graph.constant(product.input(1)).orElseThrow().size(0);
    String shape = graph.addConstant("flat", Tensor.longs(new long[] {-1, width}, 2));
    graph.add(Node.of("Reshape", List.of(product.input(0), shape), "tokens"));
    graph.add(Node.of("MatMul", List.of("tokens", product.input(1)), "product"));
    graph.addOutput("product");
    assertThat(Layer.all(graph, Observation.of(graph))).hasSize(before.size() + 1);
  }

  /** As exporters have it that write the tokens of all rows behind each other. */
  @Test
  void productsOfOtherKindsAreToldToStay() {
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    Layer layer = Layer.all(graph, Observation.of(graph)).get(0);
    int width = layer.weights(graph).size(0);
    String flat = graph.addConstant("flat", Tensor.longs(new long[] {-1, width}, 2));
    graph.add(Node.of("Reshape", List.of(layer.input(), flat), "tokens"));
    graph.add(Node.of("Gemm", List.of("tokens", layer.weights()), "product"));
    graph.addOutput("product");
    Observation observation = Observation.of(graph);
    assertThat(Layer.ofOtherProducts(graph, observation)).containsExactly("product");
    assertThat(Layer.all(graph, observation)).extracting(Layer::output).doesNotContain("product");
  }

  /** It hides the tokens behind each, which the operator of 8 bits would not be told. */
  @Test
  void attentionThatOthersFusedIsNoLayer() {
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    Fusion.fuse(graph);
    int before = Layer.all(graph, Observation.of(graph)).size();
    Node attention =
        graph.nodes().stream()
            .filter(node -> node.isContrib("Attention"))
            .findFirst()
            .orElseThrow();
    graph.remove(List.of(attention));
    graph.add(attention.moved(attention.inputs(), attention.outputs()).with("unidirectional", 1));
    assertThat(Layer.all(graph, Observation.of(graph))).hasSize(before - 1);
  }
}
