package io.flinkinference.tools.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphFilesTest {

  private static final TokenBatch BATCH =
      TokenBatch.of(Encoding.of(2, 20, 30, 40, 3), Encoding.of(2, 50, 3));

  @TempDir private Path directory;

  static List<Path> models() throws IOException {
    return Families.all().stream().filter(path -> !path.toString().contains("fp16")).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatWasReadAndWrittenGivesTheSameOutputs(Path model) throws IOException {
    Path file = model.resolve("model.onnx");
    Graph graph = OnnxReader.read(file);
    int dead = DeadNodes.remove(graph);
    Path written = directory.resolve("model.onnx");
    OnnxWriter.write(graph.copy(), written);

    assertThat(dead).isNotNegative();
    assertThat(graph.nodes("Constant")).isEmpty();
    try (GraphSession before = GraphSession.open(file, 0);
        GraphSession after = GraphSession.open(written, 0)) {
      Map<String, Tensor> expected = before.run(BATCH);
      Map<String, Tensor> found = after.run(BATCH);
      assertThat(found).hasSameSizeAs(expected);
      expected.forEach(
          (name, tensor) -> {
            assertThat(found.get(name).shape()).containsExactly(tensor.shape());
            assertThat(found.get(name).toFloats())
                .containsExactly(tensor.toFloats(), within(1e-5f));
          });
    }
  }

  @Test
  void fileForWhichThereIsNoRoomIsNamed() {
    Path full = Path.of("/dev/full");
    assumeThat(full).isWritable();
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    assertThatThrownBy(() -> OnnxWriter.write(graph, full))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/dev/full cannot be written: ")
        .hasMessageContaining("Make room on that disk");
  }

  @Test
  void fileThatIsNoModelIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void sparseWeightsAreRefused() throws IOException {
    ModelProto.Builder proto = bert();
    proto.getGraphBuilder().addSparseInitializerBuilder().addDims(4);
    refuses(proto, "It has sparse weights. Export it with dense ones.");
  }

  @Test
  void constantsOfAnotherFormAreRefused() throws IOException {
    ModelProto.Builder proto = bert();
    proto
        .getGraphBuilder()
        .addNodeBuilder()
        .setOpType("Constant")
        .addOutput("words")
        .addAttributeBuilder()
        .setName("value_strings");
    refuses(
        proto,
        "The constant words has a form that is not known: [value_strings]. Export it with"
            + " constants that are tensors or numbers.");
  }

  @Test
  void valuesThatTwoNodesMakeAreRefused() throws IOException {
    ModelProto.Builder proto = bert();
    NodeProto node = proto.getGraph().getNode(proto.getGraph().getNodeCount() - 1);
    proto.getGraphBuilder().addNode(node);
    refuses(proto, node.getOutput(0) + " already, and another node makes it. Export it again.");
  }

  private static ModelProto.Builder bert() throws IOException {
    Path model = Families.of("bert", "embedding").resolve("model.onnx");
    return ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
  }

  private void refuses(ModelProto.Builder proto, String why) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), proto.build().toByteArray());
    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageEndingWith(why);
  }

  @Test
  void weightsThatAreMissingBesideTheModelAreNamed() throws IOException {
    Path model = Families.of("bert", "external-data-single-label");
    Path file = Files.copy(model.resolve("model.onnx"), directory.resolve("model.onnx"));
    assertThat(OnnxReader.externalFiles(file)).containsExactly("model.onnx_data");
    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("model.onnx_data");
  }

  /** They are missing beside the model here, so they are not read before. */
  @Test
  void weightsThatDoNotFitIntoOneFileAreRefusedBeforeTheyAreRead() throws IOException {
    Path model = Families.of("bert", "external-data-single-label").resolve("model.onnx");
    Graph whole = OnnxReader.read(model);
    long bytes =
        whole.constants().stream()
            .mapToLong(name -> whole.constant(name).orElseThrow().data().remaining())
            .sum();
    assertThat(OnnxReader.read(model, bytes + 1).constants()).isEqualTo(whole.constants());
    Path file = Files.copy(model, directory.resolve("model.onnx"));
    assertThatThrownBy(() -> OnnxReader.read(file, 20_000))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(file + ": Its weights take ")
        .hasMessageContaining("less than 20,000 bytes, also where a smaller form is to be made")
        .hasMessageContaining("Take a smaller model.");
  }

  @Test
  void bothNamesOfTheStandardAreOne() throws IOException {
    Path model = Families.of("bert", "embedding").resolve("model.onnx");
    ModelProto.Builder proto = bert();
    proto.getOpsetImportBuilderList().stream()
        .filter(opset -> opset.getDomain().isEmpty())
        .forEach(opset -> opset.setDomain("ai.onnx"));
    Path file = Files.write(directory.resolve("model.onnx"), proto.build().toByteArray());
    assertThat(OnnxReader.read(file).opsets())
        .isEqualTo(OnnxReader.read(model).opsets())
        .containsKey("");
  }

  @Test
  void typeWithoutANameIsToldByItsNumber() {
    assertThatThrownBy(() -> ElementType.of(16)).hasMessageContaining("type BFLOAT16 are");
    assertThatThrownBy(() -> ElementType.of(1_000)).hasMessageContaining("type number 1000 are");
  }
}
