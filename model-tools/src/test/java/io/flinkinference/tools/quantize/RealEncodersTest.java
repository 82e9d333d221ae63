package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealEncodersTest {

  private static final String OUTPUT = "last_hidden_state";

  /** That of MiniLM is made by QuantizedFormsTest. */
  @Test
  void rowOfAStaticFormHasTheSameBitsInAnyBatch() throws IOException {
    Model model = ModelRepositories.standard().resolve("bge-small-en-v1.5");
    QuantizedForm form = form(model, Precision.INT8, QuantizeOptions.USUAL);

    assertThat(form.cosine()).isGreaterThan(0.997);
    assertThat(form.otherCosine()).isGreaterThan(0.997);
    assertThat(form.exact()).isEmpty();
    assertThat(form.tables()).isEqualTo(1);
    List<Encoding> texts = Texts.speeches(model, 12);
    try (GraphSession session = GraphSession.open(form.graph())) {
      assertThat(differing(session, texts.subList(0, 2))).isZero();
      assertThat(differing(session, texts.subList(2, 5))).isZero();
      assertThat(differing(session, texts)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT8_DYNAMIC, 0.98, 24", "INT8_WEIGHTS, 0.9993, 24", "FP16, 0.9999, 24"})
  void otherFormsKeepNearToFp32(Precision precision, double least, int layers) throws IOException {
    Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
    QuantizedForm form = form(model, precision, QuantizeOptions.USUAL);
    assertThat(form.cosine()).isGreaterThan(least);
    assertThat(form.otherCosine()).isGreaterThan(least);
    assertThat(form.layers()).isEqualTo(layers);
    try (GraphSession session = GraphSession.open(form.graph())) {
      int differing = differing(session, Texts.speeches(model, 9));
      if (precision == Precision.INT8_DYNAMIC) {
        assertThat(differing).isPositive();
      } else if (precision == Precision.INT8_WEIGHTS) {
        assertThat(differing).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q", "e5-small-v2-q"})
  void quantisedModelIsRefused(String name) {
    Model model = ModelRepositories.standard().resolve(name);
    assertThatThrownBy(() -> form(model, Precision.INT8, QuantizeOptions.USUAL))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("is quantised already")
        .hasMessageContaining("Give the fp32 export");
  }

  private static QuantizedForm form(Model model, Precision precision, QuantizeOptions options)
      throws IOException {
    Graph graph = OnnxReader.read(model.onnxFile());
    if (model.graph().precision().equals("fp32")) {
      Fusion.fuse(graph);
    }
    List<Encoding> texts = Texts.builtIn(model.tokenizerFile(), Integer.MAX_VALUE);
    return Quantizer.quantize(
        graph,
        precision,
        CalibrationTexts.split(texts, Texts.speeches(model, 8)),
        options.withLeastCosine(Math.min(0.98, options.leastCosine())),
        Progress.NONE);
  }

  /** How many rows of a batch differ from the text alone. */
  private static int differing(GraphSession session, List<Encoding> texts) {
    Tensor batch = session.run(TokenBatch.of(texts)).get(OUTPUT);
    float[] all = batch.toFloats();
    int row = batch.size(1) * batch.size(2);
    int differing = 0;
    for (int i = 0; i < texts.size(); i++) {
      float[] alone = session.run(TokenBatch.of(texts.get(i))).get(OUTPUT).toFloats();
      float[] found = Arrays.copyOfRange(all, i * row, i * row + alone.length);
      differing += Arrays.equals(alone, found) ? 0 : 1;
    }
    return differing;
  }
}
