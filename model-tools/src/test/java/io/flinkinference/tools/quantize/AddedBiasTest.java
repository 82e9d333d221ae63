package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddedBiasTest {

  private static final float[] VALUES = {1, 2, 3};

  private final Graph graph = Graph.empty(17);
  private final String bias = graph.addConstant("bias", Tensor.floats(VALUES, 3));

  @Test
  void geluIsLeftWithoutBias() {
    graph.add(Node.contrib("BiasGelu", List.of("product", bias), "result"));
    assertThat(AddedBias.take(graph, "product")).contains(VALUES);
    Node left = graph.producer("result").orElseThrow();
    assertThat(left.isContrib("Gelu")).isTrue();
    assertThat(left.inputs()).containsExactly("product");
  }

  @Test
  void normalisationIsLeftWithoutBias() {
    graph.add(
        normalisation("product", "other", bias, "result", "", "", "sum").with("epsilon", 1e-6f));
    assertThat(AddedBias.take(graph, "product")).contains(VALUES);
    Node left = graph.producer("result").orElseThrow();
    assertThat(left.inputs()).containsExactly("product", "other", "scale", "shift");
    assertThat(left.outputs()).containsExactly("result", "", "", "sum");
    assertThat(left.attribute("epsilon", 0f)).isEqualTo(1e-6f);
  }

  @Test
  void biasOfTheOtherPartStays() {
    Node node = graph.add(normalisation("other", "product", bias, "result"));
    assertThat(AddedBias.take(graph, "product")).isEmpty();
    assertThat(graph.nodes()).containsExactly(node);
  }

  @Test
  void biasOfASumOfTheProductAndItselfStays() {
    Node node = graph.add(normalisation("product", "product", bias, "result"));
    assertThat(AddedBias.take(graph, "product")).isEmpty();
    assertThat(graph.nodes()).containsExactly(node);
  }

  @Test
  void normalisationWithoutBiasStays() {
    Node node =
        graph.add(
            Node.contrib(
                "SkipLayerNormalization", List.of("product", "other", "scale", "shift"), "result"));
    assertThat(AddedBias.take(graph, "product")).isEmpty();
    assertThat(graph.nodes()).containsExactly(node);
  }

  @Test
  void biasThatIsComputedStays() {
    Node node = graph.add(Node.contrib("BiasGelu", List.of("product", "computed"), "result"));
    assertThat(AddedBias.take(graph, "product")).isEmpty();
    assertThat(graph.nodes()).containsExactly(node);
  }

  @Test
  void productThatOthersReadTooKeepsItsValues() {
    graph.add(Node.contrib("BiasGelu", List.of("product", bias), "result"));
    graph.add(Node.of("Neg", List.of("product"), "negated"));
    assertThat(AddedBias.take(graph, "product")).isEmpty();
    assertThat(graph.producer("result").orElseThrow().isContrib("BiasGelu")).isTrue();
  }

  private static Node normalisation(String first, String second, String bias, String... outputs) {
    return Node.contrib(
        "SkipLayerNormalization", List.of(first, second, "scale", "shift", bias), outputs);
  }
}
