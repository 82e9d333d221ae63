package io.flinkinference.benchmarks.infinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.result.Classification;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {

  /** Small, but of the vocabulary of the tokenizer. */
  private static final Shape SMALL = new Shape(2, 32, 4, 64, 30_522, 512, 2);

  @TempDir private Path directory;

  @Test
  void shapeIsThatOfDistilBert() throws IOException {
    try (RandomModel model = RandomModel.write(Shape.DISTILBERT_BASE, directory)) {
      assertThat(model.parameters()).isEqualTo(66_955_010);
      assertThat(Files.size(model.directory().resolve("model.onnx")))
          .isBetween(267_000_000L, 269_000_000L);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void modelIsReadAsWhatItIs() throws IOException {
    try (RandomModel written = RandomModel.write(SMALL, directory)) {
      Model model = ModelRepositories.standard().resolve(written.directory().toString());
      assertThat(model.graph().precision()).isEqualTo("fp32");
      assertThat(model.graph().batchInvariant()).isTrue();
      assertThat(model.config().maxTokens()).isEqualTo(512);
      assertThat(model.config().labels()).containsExactly("LABEL_0", "LABEL_1");
    }
  }

  @Test
  void weightsAreTheSameEachTime() throws IOException {
    try (RandomModel one = RandomModel.write(SMALL, directory);
        RandomModel other = RandomModel.write(SMALL, directory)) {
      assertThat(one.directory().resolve("model.onnx"))
          .hasSameBinaryContentAs(other.directory().resolve("model.onnx"));
    }
  }

  @Test
  void textsHaveExactlyTheirNumberOfTokens() throws IOException {
    try (RandomModel written = RandomModel.write(SMALL, directory)) {
      Model model = ModelRepositories.standard().resolve(written.directory().toString());
      SizedTexts texts = new SizedTexts(model.tokenizerFile());
      try (Tokenizer tokenizer = Models.tokenizer(model)) {
        for (int tokens : new int[] {8, 64, 512}) {
          assertThat(texts.of(tokens, 20))
              .doesNotHaveDuplicates()
              .allSatisfy(
                  text -> {
                    var encoding = tokenizer.encode(TextInput.of(text));
                    assertThat(encoding.length()).isEqualTo(tokens);
                    assertThat(encoding.truncated()).isFalse();
                  });
        }
      }
    }
  }

  @Test
  void paddingChangesNoScoreAndTextsDo() throws IOException {
    try (RandomModel model = RandomModel.write(SMALL, directory)) {
      SizedTexts sized = new SizedTexts(model.directory().resolve("tokenizer.json"));
      List<String> texts = new ArrayList<>();
      for (int tokens = 4; tokens < 40; tokens += 3) {
        texts.addAll(sized.of(tokens, 1));
      }
      List<Double> together = scores(model, texts, 4_096);
      List<Double> alone = scores(model, texts, 1);
      assertThat(alone).doesNotHaveDuplicates();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(together.get(i)).isCloseTo(alone.get(i), within(1e-6));
      }
    }
  }

  private static List<Double> scores(RandomModel model, List<String> texts, int budget) {
    Configuration options = new Configuration();
    options.set(InferenceOptions.CONCURRENCY, 1);
    options.set(InferenceOptions.TOKEN_BUDGET, budget);
    options.set(InferenceOptions.WARM_UP, false);
    List<Double> scores = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model.directory().toString(), Tasks.textClassification(), options)) {
      scorer.score(
          texts.iterator(),
          text -> text,
          outcome ->
              outcome.result().labels().stream()
                  .filter(label -> label.label().equals("LABEL_0"))
                  .forEach(label -> scores.add((double) label.score())));
    }
    return scores;
  }
}
