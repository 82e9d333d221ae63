package io.flinkinference.model;

import static io.flinkinference.model.OnnxBytes.externalTensor;
import static io.flinkinference.model.OnnxBytes.model;
import static io.flinkinference.model.OnnxBytes.modelOf;
import static io.flinkinference.model.OnnxBytes.node;
import static io.flinkinference.model.OnnxBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxGraphReaderTest {

  private static final int FLOAT = 1;
  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "all-minilm-l6-v2,    fp32, true",
    "all-minilm-l6-v2-q,  int8, false",
    "bge-small-en-v1.5,   fp32, true",
    "bge-small-en-v1.5-q, int8, false",
  })
  void publishedModelsAreWhatTheyAreKnownToBe(String name, String precision, boolean invariant)
      throws IOException {
    Path file = directory.resolve("model.onnx");
    try (InputStream in = getClass().getResourceAsStream("/" + name + ".onnx")) {
      Files.copy(in, file);
    }
    OnnxGraph graph = OnnxGraphReader.read(file);
    assertThat(graph.facts()).isEqualTo(new GraphFacts(precision, invariant, 11));
    assertThat(graph.externalData()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"QAttention", "MatMulIntegerToFloat", "QLinearMatMul", "QuantizeLinear", "QGemm"})
  void staticallyQuantizedGraphIsInt8AndBatchInvariant(String operator) throws IOException {
    assertThat(read(modelOf("Add", operator)).facts()).isEqualTo(new GraphFacts("int8", true, 17));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM"})
  void graphThatQuantizesAtRunTimeIsNotBatchInvariant(String operator) throws IOException {
    assertThat(read(modelOf(operator, "Add")).facts()).isEqualTo(new GraphFacts("int8", false, 17));
  }

  @Test
  void mostWeightsDecideBetweenFp32AndFp16() throws IOException {
    OnnxBytes small = tensor(FLOAT, 10, 10);
    OnnxBytes large = tensor(FLOAT16, 100, 100);
    assertThat(read(model(new OnnxBytes().message(5, small).message(5, large))).facts().precision())
        .isEqualTo("fp16");
    assertThat(read(model(new OnnxBytes().message(5, small))).facts().precision())
        .isEqualTo("fp32");
  }

  @Test
  void bfloat16IsRefused() {
    assertThatThrownBy(() -> read(model(new OnnxBytes().message(5, tensor(BFLOAT16, 8)))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("bfloat16");
  }

  @Test
  void operatorsOfSubgraphsAndFunctionsCount() throws IOException {
    OnnxBytes branch = new OnnxBytes().message(1, node("DynamicQuantizeLinear"));
    OnnxBytes choice = node("If").message(5, new OnnxBytes().text(1, "then").message(6, branch));
    assertThat(read(model(new OnnxBytes().message(1, choice))).facts().batchInvariant()).isFalse();

    OnnxBytes function = new OnnxBytes().text(1, "f").message(7, node("DynamicQuantizeLinear"));
    byte[] plain = modelOf("Add");
    byte[] withFunction = new OnnxBytes().message(25, function).bytes();
    byte[] both = Arrays.copyOf(plain, plain.length + withFunction.length);
    System.arraycopy(withFunction, 0, both, plain.length, withFunction.length);
    assertThat(read(both).facts().batchInvariant()).isFalse();
  }

  @Test
  void weightsAreSteppedOver() throws IOException {
    byte[] weights = new byte[50_000];
    new Random(1).nextBytes(weights);
    OnnxBytes graph =
        new OnnxBytes()
            .message(5, tensor(FLOAT, 12_500).message(9, weights))
            .message(1, node("MatMulInteger"));
    assertThat(read(model(graph)).facts().precision()).isEqualTo("int8");
  }

  @Test
  void filesWithWeightsAreNamedInOrder() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(5, externalTensor("model.onnx_data_1"))
            .message(5, externalTensor("model.onnx_data"))
            .message(5, externalTensor("model.onnx_data"));
    assertThat(read(model(graph)).externalData().keySet())
        .containsExactly("model.onnx_data", "model.onnx_data_1");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = modelOf("Add", "MatMul", "Softmax");
    Path file = directory.resolve("truncated.onnx");
    // Without the last entry, which is another domain's version, it is a model again.
    int otherDomain = new OnnxBytes().text(1, "com.microsoft").varint(2, 1).bytes().length + 2;
    for (int length = 0; length < whole.length; length++) {
      if (length == whole.length - otherDomain) {
        continue;
      }
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OnnxGraphReader.read(file))
          .as("%d bytes of %d", length, whole.length)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(file + " is no whole ONNX model");
    }
  }

  @Test
  void rubbishIsNoModel() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] rubbish = new byte[random.nextInt(300)];
      random.nextBytes(rubbish);
      assertThatThrownBy(() -> read(rubbish)).isInstanceOf(ModelException.class);
    }
    byte[] pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(pointer))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("git lfs pull");
  }

  private OnnxGraph read(byte[] content) throws IOException {
    return OnnxGraphReader.read(Files.write(directory.resolve("graph.onnx"), content));
  }
}
