package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.model.FusedGraph;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.result.Embedding;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
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
  void operatorFusesAndGivesTheSameAnswers() throws Exception {
    List<TextOutcome<String, Embedding>> asExported = score(false);
    List<TextOutcome<String, Embedding>> fused = score(true);

    for (int i = 0; i < TEXTS.size(); i++) {
      float[] expected = asExported.get(i).result().values();
      float[] found = fused.get(i).result().values();
      for (int j = 0; j < expected.length; j++) {
        assertThat(found[j]).isCloseTo(expected[j], within(1e-5f));
      }
    }
  }

  @Test
  void graphIsThereWhileItIsOpened() throws Exception {
    Model model = ModelRepositories.standard().resolve(Families.of("bert", "embedding").toString());
    Path file;
    try (FusedGraph fused = FusedGraph.of(model)) {
      file = fused.file();
      assertThat(OnnxReader.read(file).nodes())
          .anyMatch(node -> node.isContrib("Attention"))
          .hasSizeLessThan(OnnxReader.read(model.onnxFile()).nodes().size());
    }
    assertThat(file).doesNotExist();
  }

  private static List<TextOutcome<String, Embedding>> score(boolean fuse) throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.MODEL_FUSE, fuse);
    List<TextOutcome<String, Embedding>> outcomes = new ArrayList<>();
    try (TextScorer<Embedding> scorer = TextScorer.open(MODEL, Tasks.embedding(), options)) {
      scorer.score(TEXTS.iterator(), text -> text, outcomes::add);
    }
    return outcomes;
  }
}
