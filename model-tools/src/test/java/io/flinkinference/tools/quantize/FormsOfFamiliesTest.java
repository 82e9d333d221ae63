package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.OnnxWriter;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.progress.TestingProgress;
import io.flinkinference.tools.session.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormsOfFamiliesTest {

  private static final QuantizeOptions ANY = QuantizeOptions.USUAL.withLeastCosine(-1);

  @TempDir private Path directory;

  static List<Arguments> forms() throws IOException {
    List<Arguments> forms = new ArrayList<>();
    for (Path model : Families.all()) {
      if (model.toString().contains("fp16") || !model.toString().endsWith("embedding")) {
        continue;
      }
      Stream.of(Precision.values()).forEach(one -> forms.add(Arguments.of(model, one)));
    }
    return forms;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFormOfEachFamilyRuns(Path model, Precision precision) throws IOException {
    QuantizedForm form = form(model, fused(model), precision);
    assertThat(form.cosine()).isGreaterThan(0.9);
    assertThat(form.precision()).isEqualTo(precision);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void sameInputsMakeTheSameBytes(Precision precision) throws IOException {
    Path model = Families.of("bert", "embedding");
    Path one = directory.resolve("one.onnx");
    Path other = directory.resolve("other.onnx");
    OnnxWriter.write(form(model, fused(model), precision).graph(), one);
    OnnxWriter.write(form(model, fused(model), precision).graph(), other);
    assertThat(one).hasSameBinaryContentAs(other);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void loadedModelKnowsWhetherTextsDependOnTheBatch(Precision precision) throws IOException {
    Path model = Families.of("bert", "single-label");
    for (String file : List.of("config.json", "tokenizer.json")) {
      Files.copy(model.resolve(file), directory.resolve(file));
    }
    OnnxWriter.write(form(model, fused(model), precision).graph(), directory.resolve("model.onnx"));
    Model loaded = ModelRepositories.standard().resolve(directory.toString());
    assertThat(loaded.graph().batchInvariant())
        .isEqualTo(precision != Precision.INT8_DYNAMIC && precision != Precision.FP16);
  }

  /** The biases of the tiny model are all zero; here they are not. */
  @Test
  void productsAddTheBiasThatWasAddedBehindThem() throws IOException {
    Path model = Families.of("bert", "embedding");
    Graph graph = fused(model);
    Random random = new Random(3);
    for (Node node : graph.nodes()) {
      int at = node.isContrib("BiasGelu") ? 1 : 4;
      boolean normalises = node.isContrib("SkipLayerNormalization") && node.inputs().size() > at;
      if (at == 1 || normalises) {
        int length = graph.constant(node.input(at)).orElseThrow().count();
        float[] bias = new float[length];
        for (int i = 0; i < length; i++) {
          bias[i] = (float) random.nextGaussian();
        }
        graph.setConstant(node.input(at), Tensor.floats(bias, length));
      }
    }
    assertThat(form(model, graph, Precision.INT8).cosine()).isGreaterThan(0.99);

    Graph dynamic = form(model, graph, Precision.INT8_DYNAMIC).graph();
    for (Node gelu : graph.nodes()) {
      if (gelu.isContrib("BiasGelu")) {
        Node product = dynamic.producer(gelu.input(0)).orElseThrow();
        assertThat(dynamic.constant(product.input(6)).orElseThrow().toFloats())
            .isEqualTo(graph.constant(gelu.input(1)).orElseThrow().toFloats());
        assertThat(dynamic.producer(gelu.output()).orElseThrow().isContrib("Gelu")).isTrue();
      }
    }
    assertThat(dynamic.nodes())
        .filteredOn(node -> node.isContrib("SkipLayerNormalization"))
        .hasSize(5)
        .allMatch(node -> node.inputs().size() == 4);
  }

  @Test
  void layerThatOverflowsStaysFp32() throws IOException {
    Path model = Families.of("bert", "embedding");
    Graph graph = fused(model);
    Layer layer = Layer.all(graph, Observation.of(graph)).get(1);
    float[] weights = layer.weights(graph).toFloats();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 1e7f;
    }
    graph.setConstant(layer.weights(), Tensor.floats(weights, layer.weights(graph).shape()));
    QuantizedForm form = form(model, graph, Precision.FP16);
    assertThat(form.exact()).contains(layer.output());
    List<Layer> made = new ArrayList<>(Layer.all(graph, Observation.of(graph)));
    made.removeIf(one -> form.exact().contains(one.output()));
    assertThat(form.layers()).isEqualTo(made.size());
    assertThat(form.cosine()).isGreaterThan(0.999);
    assertThat(form(model, fused(model), Precision.FP16).exact()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT8,0", "INT8_DYNAMIC,0", "INT8_WEIGHTS,2"})
  void weightsThatLayersShareAreRoundedOnce(Precision precision, int moreForAttention) {
    Path model = Families.of("albert", "embedding");
    Graph graph = fused(model);
    List<Layer> layers = Layer.all(graph, Observation.of(graph));
    int matrices = (int) layers.stream().map(Layer::weights).distinct().count();
    assertThat(matrices).isLessThan(layers.size());
    QuantizeOptions options = ANY.withTables(false);
    Graph form = Quantizer.quantize(graph, precision, texts(model), options, Progress.NONE).graph();
    assertThat(form.constants().stream().map(form::constant).map(Optional::orElseThrow))
        .filteredOn(tensor -> tensor.type().bytes() == 1 && tensor.rank() > 1)
        .hasSize(matrices + moreForAttention);
  }

  /** They add positions to the scores, for which there is no operator of 8 bits. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"INT8", "INT8_WEIGHTS"})
  void attentionsThatStayFp32AreTold(Precision precision) {
    Path model = Families.of("mpnet", "embedding");
    Graph graph = fused(model);
    List<String> attentions =
        graph.nodes().stream()
            .filter(node -> node.isContrib("Attention"))
            .map(Node::output)
            .toList();
    assertThat(attentions).isNotEmpty();
    assertThat(form(model, graph, precision).exact()).containsAll(attentions);
  }

  @Test
  void halvesAreRefused() {
    Path model = Families.of("bert", "fp16-single-label");
    assertThatThrownBy(
            () -> form(model, OnnxReader.read(model.resolve("model.onnx")), Precision.INT8))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("is of fp16")
        .hasMessageContaining("Give the fp32 export");
  }

  @Test
  void layersStayFp32UntilTheLimitIsReached() throws IOException {
    Path model = Families.of("bert", "embedding");
    Graph graph = fused(model);
    int layers = Layer.all(graph, Observation.of(graph)).size();
    QuantizeOptions options = QuantizeOptions.USUAL.withTables(false).withLeastCosine(1);
    TestingProgress progress = new TestingProgress();
    assertThat(layers).isPositive();
    assertThatThrownBy(
            () -> Quantizer.quantize(graph, Precision.INT8, texts(model), options, progress))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("No layer can have 8 bits at a mean cosine of 1.0.");
    assertThat(progress.works())
        .containsSubsequence("Calibrating", "Rounding layers", "Leaving layers fp32, at most");
    progress.assertStepsDone();
  }

  @Test
  void givenGraphStaysAsItIs() throws IOException {
    Path model = Families.of("bert", "embedding");
    Graph graph = fused(model);
    List<String> before = graph.nodes().stream().map(Object::toString).toList();
    form(model, graph, Precision.INT8);
    assertThat(graph.nodes().stream().map(Object::toString)).isEqualTo(before);
    assertThat(graph.constants().stream().map(graph::constant))
        .noneMatch(one -> one.orElseThrow().type() == ElementType.INT8);
  }

  private static Graph fused(Path model) {
    Graph graph = OnnxReader.read(model.resolve("model.onnx"));
    Fusion.fuse(graph);
    return graph;
  }

  private static QuantizedForm form(Path model, Graph graph, Precision precision) {
    return Quantizer.quantize(graph, precision, texts(model), ANY, Progress.NONE);
  }

  private static CalibrationTexts texts(Path model) {
    return CalibrationTexts.split(Texts.builtIn(model.resolve("tokenizer.json"), 16), List.of());
  }
}
