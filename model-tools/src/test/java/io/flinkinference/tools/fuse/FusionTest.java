package io.flinkinference.tools.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusionTest {

  private static final TokenBatch BATCH =
      TokenBatch.of(
          Encoding.of(2, 20, 30, 40, 50, 60, 3), Encoding.of(2, 50, 3), Encoding.of(2, 9, 8, 7, 3));

  /** Of so many lengths that a sum in another order shows. */
  private static final TokenBatch MIXED =
      TokenBatch.of(
          IntStream.of(3, 7, 12, 23, 38, 40)
              .mapToObj(length -> Encoding.of(new Random(7).ints(length, 5, 90).toArray()))
              .toArray(Encoding[]::new));

  @TempDir private Path directory;

  static List<Path> models() throws IOException {
    return Families.all().stream().filter(path -> !path.toString().contains("fp16")).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void outputsOfEachFamilyStayTheSame(Path model) throws IOException {
    Graph graph = OnnxReader.read(model.resolve("model.onnx"));
    Map<String, PassReport> reports = fuse(graph);
    compare(model.resolve("model.onnx"), graph, 1e-4f);
    String family = model.getParent().getFileName().toString();
    boolean known = !family.equals("deberta-v2") && !family.equals("modernbert");
    assertThat(reports.get("Attention").made()).isEqualTo(known ? 2 : 0);
    if (!known) {
      assertThat(reports.get("Attention").missed()).hasSize(2);
    }
    if (!family.equals("modernbert")) {
      // Two in each layer, and that of the embeddings, to which DeBERTa adds no positions.
      assertThat(reports.get("SkipLayerNormalization").made())
          .isGreaterThanOrEqualTo(known ? 5 : 4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bert, single-label",
    "distilbert, multi-label",
    "roberta, single-label",
    "xlm-roberta, multi-label",
    "electra, single-label"
  })
  void lastLayerOfAClassifierComputesTheFirstTokenAlone(String family, String task) {
    Path model = Families.of(family, task).resolve("model.onnx");
    Graph graph = OnnxReader.read(model);
    assertThat(fuse(graph).get("First token alone").made()).isGreaterThanOrEqualTo(6);
    assertThat(graph.nodes().stream().filter(node -> node.isContrib("Attention"))).hasSize(1);
    assertThat(graph.nodes().stream().filter(node -> node.isContrib("MultiHeadAttention")))
        .hasSize(1);
    try (GraphSession session = GraphSession.open(graph)) {
      String output = graph.outputs().get(0).getName();
      float[] all = session.run(MIXED).get(output).toFloats();
      int labels = all.length / MIXED.rows();
      for (int row = 0; row < MIXED.rows(); row++) {
        assertThat(session.run(TokenBatch.of(MIXED.row(row))).get(output).toFloats())
            .as("row %d alone and in the batch", row)
            .isEqualTo(Arrays.copyOfRange(all, row * labels, (row + 1) * labels));
      }
    }
  }

  /** ONNX Runtime's optimizer writes the same operator with more attributes. */
  @Test
  void attentionsThatWereFusedByOthersStay() {
    Graph graph = allTokens();
    assertThat(firstTokens(graph)).isPositive();
    for (Node node : graph.nodes()) {
      if (node.isContrib("Attention")) {
        graph.remove(List.of(node));
        graph.add(node.moved(node.inputs(), node.outputs()).with("unidirectional", 1));
      }
    }
    assertThat(firstTokens(graph)).isZero();
    assertThat(new FirstToken().apply(graph, Observation.of(graph)).missed())
        .singleElement()
        .asString()
        .startsWith("The first token is read, but of no attention that was fused here");

    Graph whole = allTokens();
    whole.nodes("Gather").stream()
        .filter(node -> node.attribute("axis", 0L) == 1)
        .forEach(head -> whole.addOutput(head.input(0)));
    assertThat(new FirstToken().apply(whole, Observation.of(whole)).missed())
        .as("others need the tokens")
        .isEmpty();
  }

  @Test
  void attentionWhoseBiasIsComputedStays() {
    Graph graph = allTokens();
    assertThat(firstTokens(graph)).isPositive();
    for (Node node : graph.nodes()) {
      if (node.isContrib("Attention")) {
        String bias = graph.freshName("bias");
        graph.add(Node.of("Identity", List.of(node.input(2)), bias));
        graph.replaceReads(node, node.input(2), bias);
      }
    }
    assertThat(firstTokens(graph)).isZero();
  }

  /** Fused but for the last pass. */
  private static Graph allTokens() {
    Graph graph = OnnxReader.read(Families.of("bert", "single-label").resolve("model.onnx"));
    Fusion.simplify(graph);
    Observation observation = Observation.of(graph);
    for (Pass pass : List.of(new AttentionFusion(), new LayerNormFusion(true), new GeluFusion())) {
      pass.apply(graph, observation);
      DeadNodes.remove(graph);
    }
    return graph;
  }

  private static int firstTokens(Graph graph) {
    Graph copy = graph.copy();
    return new FirstToken().apply(copy, Observation.of(copy)).made();
  }

  @Test
  void tokensThatAreReadStay() {
    Graph graph = OnnxReader.read(Families.of("bert", "tokens").resolve("model.onnx"));
    assertThat(fuse(graph).get("First token alone").made()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2", "bge-small-en-v1.5", "bge-small-zh-v1.5"})
  void outputsOfRealEncodersStayTheSame(String name) throws IOException {
    Path file = ModelRepositories.standard().resolve(name).onnxFile();
    Graph graph = OnnxReader.read(file);
    Map<String, PassReport> reports = fuse(graph);
    assertThat(reports.get("Attention").missed()).isEmpty();
    assertThat(reports.get("BiasGelu").made()).isEqualTo(reports.get("Attention").made());
    compare(file, graph, 2e-4f);
  }

  private static Map<String, PassReport> fuse(Graph graph) {
    return Fusion.fuse(graph).stream()
        .collect(Collectors.toMap(PassReport::pass, Function.identity()));
  }

  private void compare(Path file, Graph graph, float tolerance) throws IOException {
    Path written = directory.resolve("model.onnx");
    OnnxWriter.write(graph, written);
    try (GraphSession before = GraphSession.open(file, 0);
        GraphSession after = GraphSession.open(written, 0)) {
      Map<String, Tensor> expected = before.run(BATCH);
      Map<String, Tensor> found = after.run(BATCH);
      expected.forEach(
          (name, tensor) -> {
            assertThat(found.get(name).shape()).containsExactly(tensor.shape());
            boolean perToken = tensor.rank() == 3;
            float[] all = tensor.toFloats();
            float[] others = found.get(name).toFloats();
            for (int i = 0; i < all.length; i++) {
              int row = perToken ? i / tensor.size(2) / BATCH.width() : 0;
              int token = perToken ? i / tensor.size(2) % BATCH.width() : 0;
              if (token < BATCH.row(row).length()) {
                assertThat(others[i]).as("%s %d", name, i).isCloseTo(all[i], within(tolerance));
              }
            }
          });
    }
  }
}
