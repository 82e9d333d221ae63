package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantFoldingTest {

  private final Graph graph =
      OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));

  @Test
  void sumOfConstantsBecomesOne() {
    ConstantFolding.fold(graph);
    Node norm = graph.nodes("LayerNormalization").get(0);
    Tensor bias = graph.constant(norm.input(2)).orElseThrow();
    String half = graph.addConstant("half", Tensor.scalar(0.5f));
    graph.add(Node.of("Mul", List.of(norm.input(2), half), "halved"));
    graph.add(Node.of("Add", List.of("halved", "halved"), "whole"));
    graph.replaceReads(norm, norm.input(2), "whole");

    assertThat(ConstantFolding.fold(graph)).isEqualTo(1);
    assertThat(graph.constant(norm.input(2)).orElseThrow().toFloats())
        .containsExactly(bias.toFloats());
    assertThat(graph.producer("halved")).isEmpty();
    assertThat(ConstantFolding.fold(graph)).isZero();
  }

  @Test
  void whatDependsOnTheTextStays() {
    ConstantFolding.fold(graph);
    int nodes = graph.nodes().size();
    assertThat(ConstantFolding.fold(graph)).isZero();
    assertThat(graph.nodes()).hasSize(nodes);
  }
}
