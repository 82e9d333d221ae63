package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Observation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OtherFormsTest {

  private static Graph exported;
  private static Fidelity fidelity;
  private static List<Encoding> texts;

  @BeforeAll
  static void read() throws IOException {
    Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
    exported = OnnxReader.read(model.onnxFile());
    texts = StaticSearchTest.texts(model, 20);
    fidelity = Fidelity.to(exported, texts);
  }

  @Test
  void rowsOfEmbeddingsLoseNearlyNothing() {
    Graph graph = exported.copy();
    assertThat(EmbeddingRows.quantize(graph)).isEqualTo(1);
    assertThat(fidelity.of(graph)).isGreaterThan(0.9999);
  }

  @Test
  void weightsAloneLoseNearlyNothingAndKeepTheBitsOfARow() {
    Graph graph = exported.copy();
    int made = WeightsOnly.quantize(graph, Layer.all(graph, Observation.of(graph)));
    assertThat(made).isEqualTo(36);
    assertThat(fidelity.of(graph)).isGreaterThan(0.9995);
    assertThat(isTheSameInABatch(graph)).isTrue();
  }

  @Test
  void dynamicFormDependsOnTheBatch() {
    Graph graph = exported.copy();
    Fusion.fuse(graph);
    DynamicInt8.quantize(graph, Layer.all(graph, Observation.of(graph)));
    assertThat(fidelity.of(graph)).isGreaterThan(0.98);
    assertThat(isTheSameInABatch(graph)).isFalse();
  }

  private static boolean isTheSameInABatch(Graph graph) {
    try (GraphSession session = GraphSession.open(graph)) {
      Tensor batched = session.run(TokenBatch.of(texts.subList(0, 5))).get("last_hidden_state");
      Tensor alone = session.run(TokenBatch.of(texts.get(0))).get("last_hidden_state");
      float[] row = Arrays.copyOf(batched.toFloats(), alone.count());
      return Arrays.equals(row, alone.toFloats());
    }
  }
}
