package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.model.FusedGraph;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.TemporaryGraph;
import io.flinkinference.result.Embedding;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class FusionAtLoadTest {

  private static final String MODEL = "all-minilm-l6-v2";
  private static final List<String> TEXTS =
      SampleTexts.builtIn().subList(0, 24).stream().map(SampleText::text).toList();

  @Test
  void operatorFusesAndGivesTheSameAnswersUnderTheSameStamp() throws Exception {
    try (TextScorer<Embedding> asExported = open(false);
        TextScorer<Embedding> fused = open(true)) {
      float[] expected = score(asExported);
      float[] found = score(fused);
      assertThat(found).hasSameSizeAs(expected).isNotEqualTo(expected); // Sums in another order.
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
      }
      assertThat(fused.stamp()).isEqualTo(asExported.stamp());
      assertThat(fused.stamp().batchInvariant()).isTrue();
    }
  }

  @Test
  void graphIsThereWhileItIsOpened() throws Exception {
    Model model = ModelRepositories.standard().resolve(Families.of("bert", "embedding").toString());
    Path file;
    try (TemporaryGraph fused = FusedGraph.of(model, List.of(Encoding.of(2, 20, 30, 40, 3)))) {
      file = fused.file();
      assertThat(OnnxReader.read(file).nodes())
          .anyMatch(node -> node.isContrib("Attention"))
          .hasSizeLessThan(OnnxReader.read(model.onnxFile()).nodes().size());
    }
    assertThat(file).doesNotExist();
  }

  private static TextScorer<Embedding> open(boolean fuse) throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.MODEL_FUSE, fuse);
    return TextScorer.open(MODEL, Tasks.embedding(), options);
  }

  /** All vectors, one after the other. */
  private static float[] score(TextScorer<Embedding> scorer) throws Exception {
    List<float[]> vectors = new ArrayList<>();
    scorer.score(TEXTS.iterator(), text -> text, outcome -> vectors.add(outcome.result().values()));
    FloatBuffer all = FloatBuffer.allocate(vectors.stream().mapToInt(one -> one.length).sum());
    vectors.forEach(all::put);
    return all.array();
  }
}
