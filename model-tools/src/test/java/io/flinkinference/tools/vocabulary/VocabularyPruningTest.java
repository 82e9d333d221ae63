package io.flinkinference.tools.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyPruningTest {

  private static final List<String> USED =
      List.of(
          "The committee discussed the report and voted on every amendment.",
          "Resumption of the session, adjourned on Friday 17 December!",
          "Die Würde des Menschen ist unantastbar.",
          "don't worry: it's 9.45");

  private static final List<String> OTHERS =
      List.of("Unparalleled zoological expeditions", "今天天气很好", "naïve café 😀 ##x [MASK]");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta", "albert", "modernbert", "electra"})
  void textsOfKeptTokensHaveTheSameBits(String family) throws IOException {
    Path model = Families.of(family, "embedding");
    check(model, model.resolve("model.onnx"));
  }

  @Test
  void realEncoderLosesMostOfItsTableAndNothingElse() throws IOException {
    Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
    VocabularyPruning.Sizes sizes = check(model.tokenizerFile().getParent(), model.onnxFile());
    assertThat(sizes.before()).isEqualTo(30_522);
    assertThat(sizes.after()).isLessThan(5_000);
  }

  private VocabularyPruning.Sizes check(Path model, Path onnx) throws IOException {
    Graph graph = OnnxReader.read(onnx);
    Graph smaller = graph.copy();
    VocabularyPruning pruning = VocabularyPruning.of(model);
    try (DjlTokenizer tokenizer = open(model)) {
      USED.forEach(text -> pruning.use(tokenizer.encode(TextInput.of(text))));
      VocabularyPruning.Sizes sizes = pruning.apply(smaller, directory);
      assertThat(sizes.after()).isLessThan(sizes.before());
      try (DjlTokenizer reduced = open(directory);
          GraphSession before = GraphSession.open(graph);
          GraphSession after = GraphSession.open(smaller)) {
        for (String text : USED) {
          Encoding old = tokenizer.encode(TextInput.of(text));
          Encoding renumbered = reduced.encode(TextInput.of(text));
          assertThat(renumbered.length()).isEqualTo(old.length());
          Map<String, Tensor> expected = before.run(TokenBatch.of(old));
          Map<String, Tensor> found = after.run(TokenBatch.of(renumbered));
          expected.forEach(
              (name, tensor) ->
                  assertThat(found.get(name).toFloats()).containsExactly(tensor.toFloats()));
        }
        for (String text : OTHERS) {
          Encoding encoding = reduced.encode(TextInput.of(text));
          assertThat(encoding.length())
              .isGreaterThanOrEqualTo(tokenizer.encode(TextInput.of(text)).length());
          after.run(TokenBatch.of(encoding));
        }
      }
      return sizes;
    }
  }

  private static DjlTokenizer open(Path model) {
    return DjlTokenizer.open(model.resolve("tokenizer.json"), 48, 10_000);
  }
}
