package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Fp16Test {

  private static final List<Encoding> SHORT = List.of(Encoding.of(1, 2, 3));

  @Test
  void anglesOfFarPositionsAreThoseOf32Bits() {
    Graph graph = floatsOfIds();
    graph.addConstant("frequency", Tensor.floats(new float[] {0.75f}));
    graph.add(Node.of("Mul", List.of("floats", "frequency"), "angles"));
    graph.add(Node.of("Cos", List.of("angles"), "cosines"));
    graph.addOutput("cosines");
    float[] cosines = run(form(graph), Encoding.of(2_001, 2_002)).toFloats();
    assertThat(cosines[0]).isCloseTo((float) Math.cos(1_500.75), within(1e-3f));
    assertThat(cosines[1]).isCloseTo((float) Math.cos(1_501.5), within(1e-3f));
  }

  @Test
  void sumsOverMoreTokensThanWereTriedDoNotOverflow() {
    Graph graph = floatsOfIds();
    graph.addConstant("axis", Tensor.longs(new long[] {1}, 1));
    graph.addConstant("hundred", Tensor.floats(new float[] {100}));
    graph.add(Node.of("ReduceSum", List.of("floats", "axis"), "sums"));
    graph.add(Node.of("Div", List.of("sums", "hundred"), "parts"));
    graph.addOutput("parts");
    int[] ids = new int[400];
    Arrays.fill(ids, 300);
    assertThat(run(form(graph), Encoding.of(ids)).toFloats()).containsExactly(1_200);
  }

  /** Of a padded token all others are hidden: as infinities, its scores would have no softmax. */
  @Test
  void scoresThatAreAllHiddenHaveASoftmax() {
    Graph graph = floatsOfIds();
    graph.addInput("attention_mask", ElementType.INT64, -1, -1);
    graph.add(
        Node.of("Cast", List.of("attention_mask"), "shown").with("to", DataType.BOOL.getNumber()));
    graph.addConstant("least", Tensor.scalar(-Float.MAX_VALUE));
    graph.add(Node.of("Where", List.of("shown", "floats", "least"), "scores"));
    graph.add(Node.of("Softmax", List.of("scores"), "shares"));
    graph.addOutput("shares");
    Fp16.Form form = Fp16.of(graph, Reach.of(graph, SHORT, Progress.NONE));
    assertThat(form.exact()).containsExactly("scores");
    Graph half = form.graph();
    Node softmax = half.nodes("Softmax").get(0);
    assertThat(softmax.output()).endsWith("_half");
    Node cast = half.producer(softmax.input(0)).orElseThrow();
    assertThat(half.producer(cast.input(0)).orElseThrow().type()).isEqualTo("Min");
    half.addOutput(cast.input(0));
    try (GraphSession session = GraphSession.open(half)) {
      TokenBatch padded = TokenBatch.of(List.of(Encoding.of(5, 6, 7), Encoding.of(5)));
      float[] least = session.run(padded).get(cast.input(0)).toFloats();
      assertThat(least).containsExactly(5, 6, 7, 5, -Half.MOST, -Half.MOST);
    }
  }

  /** A runtime takes no node whose inputs have 16 bits and 32. */
  @Test
  void maskOfFloatsIsReadIn16Bits() {
    Graph graph = floatsOfIds();
    graph.addInput("attention_mask", ElementType.FLOAT, -1, -1);
    graph.add(Node.of("Mul", List.of("floats", "attention_mask"), "masked"));
    graph.add(Node.of("Shape", List.of("masked"), "shape"));
    graph.addConstant("half", Tensor.floats(new float[] {0.5f}));
    graph.add(Node.of("Expand", List.of("half", "shape"), "halves"));
    graph.add(Node.of("Mul", List.of("masked", "halves"), "parts"));
    graph.addOutput("parts");
    Graph form = form(graph);
    assertThat(form.nodes("Mul")).isNotEmpty().allMatch(node -> node.output().endsWith("_half"));
    assertThat(run(form, Encoding.of(7, 8)).toFloats()).containsExactly(3.5f, 4);
  }

  private static Graph floatsOfIds() {
    Graph graph = Graph.empty(17);
    graph.addInput("input_ids", ElementType.INT64, -1, -1);
    graph.add(
        Node.of("Cast", List.of("input_ids"), "floats").with("to", DataType.FLOAT.getNumber()));
    return graph;
  }

  private static Graph form(Graph graph) {
    return Fp16.of(graph, Reach.of(graph, SHORT, Progress.NONE)).graph();
  }

  private static Tensor run(Graph graph, Encoding text) {
    try (GraphSession session = GraphSession.open(graph)) {
      return session.run(TokenBatch.of(text)).get(graph.outputs().get(0).getName());
    }
  }
}
