package io.flinkinference.tools.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of the families, changed to what other exporters or models have. */
class UnusualExportsTest {

  private static final TokenBatch BATCH =
      TokenBatch.of(
          Encoding.of(2, 20, 30, 40, 50, 60, 3), Encoding.of(2, 50, 3), Encoding.of(2, 9, 8, 7, 3));

  private static final long FLOAT = 1;

  @Test
  void maskToWhichPositionsWereAddedIsNotTakenForAMask() {
    Graph graph = read("bert", "embedding");
    for (Node softmax : graph.nodes("Softmax")) {
      Node add = graph.producer(softmax.input(0)).orElseThrow();
      graph.replaceReads(add, add.input(1), withPositions(graph, add.input(1)));
    }
    Graph fused = graph.copy();
    PassReport attention = fuse(fused).get("Attention");
    assertThat(attention.made()).isZero();
    assertThat(attention.missed()).hasSize(2).allMatch(why -> why.contains("to the scores"));
    compare(graph, fused);
  }

  /** A term that is greater for each token behind, made of the mask alone. */
  private static String withPositions(Graph graph, String mask) {
    String axis = graph.addConstant("axis", Tensor.longs(new long[] {1}, 1));
    String axes = graph.addConstant("axes", Tensor.longs(new long[] {1, 2}, 2));
    String floats =
        add(graph, Node.of("Cast", List.of("attention_mask"), "floats").with("to", FLOAT));
    String counted = add(graph, Node.of("CumSum", List.of(floats, axis), "counted"));
    String wide = add(graph, Node.of("Unsqueeze", List.of(counted, axes), "wide"));
    return add(graph, Node.of("Add", List.of(mask, wide), "positions"));
  }

  @Test
  void contextThatAnotherReadsTooIsReported() {
    Graph graph = read("bert", "embedding");
    Node softmax = graph.nodes("Softmax").get(0);
    String context = graph.consumers(softmax.output()).get(0).output();
    graph.addOutput(add(graph, Node.of("Neg", List.of(context), "negated")));
    Graph fused = graph.copy();
    PassReport attention = fuse(fused).get("Attention");
    assertThat(attention.made()).isEqualTo(1);
    assertThat(attention.missed()).hasSize(1);
    compare(graph, fused);
  }

  /** As with output_attentions: fused, they would be computed twice. */
  @Test
  void attentionWhoseProbabilitiesAreFetchedIsReported() {
    Graph graph = read("bert", "embedding");
    graph.addOutput(graph.nodes("Softmax").get(0).output());
    PassReport attention = fuse(graph).get("Attention");
    assertThat(attention.made()).isEqualTo(1);
    assertThat(attention.missed())
        .singleElement()
        .asString()
        .endsWith("has probabilities that callers fetch.");
  }

  @Test
  void layersThatShareTheirWeightsShareThemAfterwards() {
    Graph graph = read("albert", "embedding");
    assertThat(fuse(graph).get("Attention").made()).isEqualTo(2);
    assertThat(graph.constants()).filteredOn(name -> name.contains("_qkv_weights")).hasSize(1);
  }

  /** As where an exporter has weights turned, and turns them back for each layer. */
  @Test
  void layersThatComputeTheirSharedWeightsShareThemAfterwards() {
    Graph graph = read("albert", "embedding");
    Fusion.simplify(graph);
    for (Node product : graph.nodes("MatMul")) {
      String weights = product.input(1);
      if (graph.constant(weights).filter(tensor -> tensor.rank() == 2).isPresent()) {
        String turned = add(graph, Node.of("Transpose", List.of(weights), "turned"));
        String back = add(graph, Node.of("Transpose", List.of(turned), "back"));
        graph.replaceReads(product, weights, back);
      }
    }
    Graph fused = graph.copy();
    assertThat(fuse(fused).get("Attention").made()).isEqualTo(2);
    assertThat(fused.constants()).filteredOn(name -> name.contains("_qkv_weights")).hasSize(1);
    compare(graph, fused);
  }

  @Test
  void statisticsOfANormalisationThatNobodyReadsDoNotMatter() {
    Graph graph = read("bert", "embedding");
    int usual = fuse(graph.copy()).get("SkipLayerNormalization").made();
    for (Node norm : graph.nodes("LayerNormalization")) {
      graph.remove(List.of(norm));
      List<String> outputs = new ArrayList<>(norm.outputs());
      outputs.add(graph.freshName("mean"));
      outputs.add(graph.freshName("deviation"));
      graph.add(norm.moved(norm.inputs(), outputs).with("axis", 2));
    }
    Graph fused = graph.copy();
    assertThat(fuse(fused).get("SkipLayerNormalization").made()).isEqualTo(usual).isPositive();
    compare(graph, fused);
  }

  /** Of opset 11: over the tokens of a text, and not over the numbers of a token. */
  @Test
  void normalisationOverAnotherDimensionStays() {
    Graph graph = read("bert", "opset-11-single-label");
    int usual = fuse(graph.copy()).get("SkipLayerNormalization").made();
    Node mean = graph.nodes("ReduceMean").get(0);
    for (Node each : graph.nodes("ReduceMean").subList(0, 2)) {
      graph.remove(List.of(each));
      graph.add(each.moved(each.inputs(), each.outputs()).with("axes", new long[] {1}));
    }
    assertThat(mean.inputs()).hasSize(1);
    Graph fused = graph.copy();
    PassReport report = fuse(fused).get("SkipLayerNormalization");
    assertThat(report.made()).isEqualTo(usual - 1);
    compare(graph, fused);
  }

  @Test
  void squareWithAWholeNumberIsOne() {
    Graph graph = Graph.empty(17);
    graph.addInput("input_ids", ElementType.INT64, -1, -1);
    float[] numbers = new float[64 * 4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 7 - i % 3;
    }
    String table = graph.addConstant("table", Tensor.floats(numbers, 64, 4));
    String ones = graph.addConstant("ones", Tensor.floats(new float[] {1, 2, 3, 4}, 4));
    String two = graph.addConstant("two", Tensor.longs(new long[] {2}));
    String epsilon = graph.addConstant("epsilon", Tensor.scalar(1e-5f));
    long[] last = {-1};
    String x = add(graph, Node.of("Gather", List.of(table, "input_ids"), "x"));
    String mean = add(graph, Node.of("ReduceMean", List.of(x), "mean").with("axes", last));
    String centred = add(graph, Node.of("Sub", List.of(x, mean), "centred"));
    String squares = add(graph, Node.of("Pow", List.of(centred, two), "squares"));
    String variance =
        add(graph, Node.of("ReduceMean", List.of(squares), "variance").with("axes", last));
    String sum = add(graph, Node.of("Add", List.of(variance, epsilon), "sum"));
    String root = add(graph, Node.of("Sqrt", List.of(sum), "root"));
    String divided = add(graph, Node.of("Div", List.of(centred, root), "divided"));
    String scaled = add(graph, Node.of("Mul", List.of(divided, ones), "scaled"));
    graph.addOutput(add(graph, Node.of("Add", List.of(scaled, ones), "normal")));
    Graph fused = graph.copy();
    fuse(fused);
    assertThat(fused.nodes("LayerNormalization")).hasSize(1);
    compare(graph, fused);
  }

  /** As where another exporter adds the positions first, or a bias, or the sum is fetched. */
  @ParameterizedTest
  @ValueSource(strings = {"swapped", "biased", "fetched"})
  void embeddingsThatAreSummedOtherwiseAreNormalisedInOneNode(String change) {
    Graph graph = read("bert", "embedding");
    Node norm = graph.nodes("LayerNormalization").get(0);
    Node sum = graph.producer(norm.input(0)).orElseThrow();
    switch (change) {
      case "swapped" -> {
        graph.remove(List.of(sum));
        graph.add(Node.of("Add", List.of(sum.input(1), sum.input(0)), sum.output()));
      }
      case "biased" -> {
        float[] numbers = new float[graph.constant(norm.input(1)).orElseThrow().count()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = i;
        }
        String bias = graph.addConstant("bias", Tensor.floats(numbers, numbers.length));
        String biased = add(graph, Node.of("Add", List.of(sum.input(0), bias), "biased"));
        graph.replaceReads(sum, sum.input(0), biased);
      }
      default -> graph.addOutput(sum.output());
    }
    Graph fused = graph.copy();
    assertThat(fuse(fused).get("SkipLayerNormalization").made()).isEqualTo(5);
    compare(graph, fused);
  }

  @Test
  void geluOfTheStandardIsMergedWithItsBias() {
    Graph graph = read("bert", "opset-21-single-label");
    int usual = fuse(graph).get("BiasGelu").made();
    for (Node gelu : graph.nodes()) {
      if (gelu.isContrib("BiasGelu")) {
        graph.remove(List.of(gelu));
        String sum = add(graph, Node.of("Add", gelu.inputs(), gelu.output() + "_sum"));
        graph.add(Node.of("Gelu", List.of(sum), gelu.output()));
      }
    }
    Graph fused = graph.copy();
    assertThat(fuse(fused).get("BiasGelu").made()).isEqualTo(usual).isPositive();
    compare(graph, fused);
  }

  /** Each node has two ways to the next: all of them together are too many to go. */
  @Test
  @Timeout(10)
  void deadEndsAreFoundThoughTheWaysToThemAreMany() {
    Graph graph = Graph.empty(17);
    graph.addInput("x", ElementType.FLOAT, 2);
    String value = "x";
    for (int i = 0; i < 60; i++) {
      String positive = add(graph, Node.of("Relu", List.of(value), "positive" + i));
      value = add(graph, Node.of("Add", List.of(value, positive), "sum" + i));
    }
    DeadEnds.remove(graph, "x");
    assertThat(graph.nodes()).isEmpty();
  }

  private static Graph read(String family, String task) {
    return OnnxReader.read(Families.of(family, task).resolve("model.onnx"));
  }

  private static String add(Graph graph, Node node) {
    return graph.add(node.moved(node.inputs(), List.of(graph.freshName(node.output())))).output();
  }

  private static Map<String, PassReport> fuse(Graph graph) {
    return Fusion.fuse(graph).stream()
        .collect(Collectors.toMap(PassReport::pass, Function.identity()));
  }

  private static void compare(Graph before, Graph after) {
    try (GraphSession one = GraphSession.open(before);
        GraphSession two = GraphSession.open(after)) {
      Map<String, Tensor> found = two.run(BATCH);
      one.run(BATCH)
          .forEach(
              (name, tensor) -> {
                float[] numbers = tensor.toFloats();
                float[] others = found.get(name).toFloats();
                for (int i = 0; i < numbers.length; i++) {
                  assertThat(others[i]).as("%s %d", name, i).isCloseTo(numbers[i], within(1e-4f));
                }
              });
    }
  }
}
