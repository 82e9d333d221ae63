package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.texts.SampleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FewerTokensTest {

  private static final String TEXT = "rain";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta"})
  void textsBehindAnyPromptHaveTheSameBits(String family) throws IOException {
    Path from = withPrompts(Families.of(family, "embedding"));
    Path to = Files.createDirectory(directory.resolve("smaller"));
    Model model = ModelRepositories.standard().resolve(from.toString());
    Graph graph = ModelGraph.read(model);
    Graph smaller = graph.copy();
    List<SampleText> texts = List.of(new SampleText(TEXT, "", 1));
    assertThat(FewerTokens.apply(model, smaller, texts, to, Progress.NONE).made()).isPositive();
    try (DjlTokenizer tokenizer = open(from);
        DjlTokenizer reduced = open(to);
        GraphSession before = GraphSession.open(graph);
        GraphSession after = GraphSession.open(smaller)) {
      for (String prompt : List.of("", "committee: ", "the amendment: ")) {
        Encoding old = tokenizer.encode(TextInput.of(prompt + TEXT));
        Encoding renumbered = reduced.encode(TextInput.of(prompt + TEXT));
        assertThat(renumbered.length()).isEqualTo(old.length());
        Map<String, Tensor> found = after.run(TokenBatch.of(renumbered));
        before
            .run(TokenBatch.of(old))
            .forEach(
                (name, tensor) ->
                    assertThat(found.get(name).toFloats()).containsExactly(tensor.toFloats()));
      }
    }
  }

  /** A copy of a model that puts one prompt before each text, and another where it is asked to. */
  private Path withPrompts(Path model) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("model"));
    for (String file : List.of("config.json", "model.onnx", "tokenizer.json", "modules.json")) {
      Files.copy(model.resolve(file), copy.resolve(file));
    }
    Files.createDirectory(copy.resolve("1_Pooling"));
    Files.copy(model.resolve("1_Pooling/config.json"), copy.resolve("1_Pooling/config.json"));
    Files.writeString(
        copy.resolve("config_sentence_transformers.json"),
        """
        {"prompts": {"query": "committee: ", "passage": "the amendment: "},
         "default_prompt_name": "query"}
        """);
    return copy;
  }

  private static DjlTokenizer open(Path model) {
    return DjlTokenizer.open(model.resolve("tokenizer.json"), 48, 10_000);
  }
}
