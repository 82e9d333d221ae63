package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelWarningsTest {

  private static final List<String> LABELS = List.of("bad", "fair", "good");

  private static List<String> tasks(Pooling pooling, List<String> labels, GraphValue... outputs) {
    ModelConfig config = new ModelConfig(128, 1000, 0, labels, null, pooling, false);
    GraphDetails graph = new GraphDetails(List.of(), List.of(outputs), 0, -1, -1, false);
    return ModelWarnings.tasks(config, graph);
  }

  private static GraphValue output(String name, String... shape) {
    return new GraphValue(name, "float", List.of(shape));
  }

  @Test
  void soleOutputWithANumberForEachLabelIsAClassifiersWhateverItsName() {
    assertThat(tasks(null, LABELS, output("output", "batch", "3")))
        .containsExactly("text-classification");
    assertThat(tasks(null, LABELS, output("output", "batch", "?")))
        .containsExactly("text-classification");
    assertThat(tasks(null, List.of("score"), output("output", "batch", "1")))
        .containsExactly("text-classification", "rerank");
  }

  @Test
  void encoderThatKeptLabelsStaysAnEncoder() {
    assertEmbeds(tasks(null, LABELS, output("output", "batch", "384")));
    assertEmbeds(tasks(Pooling.MEAN, LABELS, output("output", "batch", "?")));
    assertEmbeds(tasks(null, List.of("LABEL_0"), output("output", "batch", "?")));
    assertEmbeds(tasks(null, LABELS, output("sentence_embedding", "batch", "?")));
    assertEmbeds(tasks(null, LABELS, output("last_hidden_state", "batch", "tokens", "3")));
    assertEmbeds(
        tasks(
            null,
            LABELS,
            output("last_hidden_state", "batch", "tokens", "3"),
            output("pooler_output", "batch", "3")));
  }

  @Test
  void vectorsWithoutLabelsAreEmbeddings() {
    assertEmbeds(tasks(null, List.of(), output("output", "batch", "?")));
  }

  @Test
  void logitsAreScoresBesideOtherOutputsToo() {
    GraphValue more = output("hidden", "batch", "tokens", "32");
    assertThat(tasks(null, LABELS, more, output("logits", "batch", "3")))
        .containsExactly("text-classification");
    assertThat(tasks(null, LABELS, output("logits", "batch", "tokens", "3"), more))
        .containsExactly("token-classification");
    assertThat(tasks(null, List.of(), output("logits", "batch", "tokens", "?"))).isEmpty();
  }

  private static void assertEmbeds(List<String> tasks) {
    assertThat(tasks).startsWith("embedding");
  }
}
