package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A directory as transformers.js has it, with a graph for each precision. */
class GraphVariantsTest {

  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;

  @TempDir private Path parent;
  private TestModelDirectory directory;

  @BeforeEach
  void writeDirectory() throws IOException {
    byte[] half = OnnxBytes.model(new OnnxBytes().message(5, OnnxBytes.tensor(FLOAT16, 9, 9)));
    byte[] int8 = OnnxBytes.modelOf("MatMulInteger");
    directory =
        TestModelDirectory.in(parent)
            .without("model.onnx")
            .with("onnx/model.onnx", OnnxBytes.modelOf("MatMul"))
            .with("onnx/model_fp16.onnx", half)
            .with("onnx/model_int8.onnx", int8)
            .with("onnx/model_quantized.onnx", int8)
            .with("onnx/model_q4.onnx", OnnxBytes.modelOf("MatMulNBits"));
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, model.onnx",
    "FP32, model.onnx",
    "FP16, model_fp16.onnx",
    "INT8, model_quantized.onnx"
  })
  void precisionChooses(GraphPrecision precision, String graph) {
    assertThat(read(precision, "").onnxFile()).isEqualTo(directory.path.resolve("onnx/" + graph));
  }

  @Test
  void precisionIsReadFromTheGraphAndNotFromItsName() throws IOException {
    directory.without("onnx/model_quantized.onnx").without("onnx/model_int8.onnx");
    directory.with("onnx/model_arm64.onnx", OnnxBytes.modelOf("MatMulInteger"));
    assertThat(read(GraphPrecision.INT8, "").onnxFile())
        .isEqualTo(directory.path.resolve("onnx/model_arm64.onnx"));
    directory.with("onnx/model_avx2.onnx", OnnxBytes.modelOf("MatMulInteger"));
    assertThatThrownBy(() -> read(GraphPrecision.INT8, ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("several graphs of the precision INT8", "model_avx2.onnx");
  }

  @Test
  void precisionThatIsNotThereNamesThoseThatAre() throws IOException {
    directory.without("onnx/model_fp16.onnx");
    assertThatThrownBy(() -> read(GraphPrecision.FP16, ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("no graph of the precision FP16", "model_q4.onnx 4 bits");
  }

  @Test
  void graphThatCannotBeReadIsNoHindranceToAnother() throws IOException {
    addUnreadable();
    assertThat(read(GraphPrecision.INT8, "").onnxFile())
        .isEqualTo(directory.path.resolve("onnx/model_quantized.onnx"));
  }

  @Test
  void graphThatCannotBeReadIsNamedWhereNoneFits() throws IOException {
    directory.without("onnx/model_fp16.onnx");
    addUnreadable();
    assertThatThrownBy(() -> read(GraphPrecision.FP16, ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "model_a.onnx that cannot be read", "git lfs pull", "bfloat16", "model.onnx fp32");
  }

  private void addUnreadable() throws IOException {
    byte[] brain = OnnxBytes.model(new OnnxBytes().message(5, OnnxBytes.tensor(BFLOAT16, 9, 9)));
    directory
        .with("onnx/model_a.onnx", "version https://git-lfs.github.com/spec/v1\nsize 9\n")
        .with("onnx/model_bf16.onnx", brain);
  }

  @Test
  void pathChooses() {
    assertThat(read(GraphPrecision.AUTO, "onnx/model_int8.onnx").graph().precision())
        .isEqualTo("int8");
    assertThatThrownBy(() -> read(GraphPrecision.FP16, "onnx/model_int8.onnx"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is int8, but FP16 is asked for");
    assertThatThrownBy(() -> read(GraphPrecision.AUTO, "../other.onnx"))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("no file ../other.onnx", "model_q4.onnx");
    assertThatThrownBy(() -> read(GraphPrecision.AUTO, "onnx/model_q4.onnx"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("4 bits");
  }

  @Test
  void bundledModelsHaveOneGraph() {
    ModelRepository repository = ModelRepositories.standard();
    GraphChoice fp32 = new GraphChoice(GraphPrecision.FP32, "");
    assertThatThrownBy(() -> repository.resolve("all-minilm-l6-v2-q", fp32))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("is int8, but FP32 is asked for", "all-minilm-l6-v2,");
  }

  private Model read(GraphPrecision precision, String file) {
    return ModelDirectoryReader.read(directory.path, new GraphChoice(precision, file));
  }
}
