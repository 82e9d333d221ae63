package io.flinkinference.tools.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.texts.SampleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  private static final List<SampleText> TEXTS =
      List.of(
          new SampleText("Ann Smith saw Novosibirsk", "", 1),
          new SampleText("", "", 2),
          new SampleText("a fast car", "", 3));

  @ParameterizedTest
  @ValueSource(strings = {"embedding", "single-label", "tokens"})
  void aModelAgreesWithItself(String task) {
    Path model = Families.of("bert", task);
    Parity parity = Parity.of(ask(model), ask(model), () -> {});
    assertThat(parity.agreement()).isEqualTo(1);
    assertThat(parity.minCosine()).isGreaterThan(0.999999);
  }

  /** Of the tokens of the text itself, which are all but the first and the last. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta"})
  void tokensAreAskedForAllTheirLabels(String family) throws IOException {
    Path model = Families.of(family, "tokens");
    List<SampleText> texts = new ArrayList<>();
    List<Answer> expected = new ArrayList<>();
    for (JsonNode one : new ObjectMapper().readTree(model.resolve("expected.json").toFile())) {
      if (!one.get("pair").isNull()) {
        continue;
      }
      int tokens = one.get("ids").size();
      float[] logits = new float[one.get("values").size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = one.get("values").get(i).floatValue();
      }
      int labels = logits.length / tokens;
      texts.add(new SampleText(one.get("text").asText(), "", texts.size() + 1));
      expected.add(
          new TokenAnswer(
              labels,
              probabilities(Arrays.copyOfRange(logits, labels, logits.length - labels), labels)));
    }
    List<Answer> answers =
        Answers.ofOriginal(model.toString(), GraphChoice.AUTO, texts, () -> {}).answers();
    for (int i = 0; i < texts.size(); i++) {
      assertThat(answers.get(i).agreement(expected.get(i))).as(texts.get(i).text()).isEqualTo(1);
      assertThat(answers.get(i).similarity(expected.get(i))).isGreaterThan(0.999999);
    }
  }

  @Test
  void classifierIsAskedForLabelsWhateverTheNameOfItsOutput(@TempDir Path directory)
      throws IOException {
    Path model = Families.of("bert", "single-label");
    Path renamed = Families.copyWithOutput("output", model, directory.resolve("model"));
    Parity parity = Parity.of(ask(model), ask(renamed), () -> {});
    assertThat(ask(renamed)).hasOnlyElementsOfType(LabelAnswer.class);
    assertThat(parity.minCosine()).isGreaterThan(0.999999);
  }

  @Test
  void modelThatRanksIsAskedForRawScoresOfTwoTexts() {
    List<Answer> answers = ask(Families.of("bert", "rerank"));
    assertThat(answers).hasOnlyElementsOfType(ScoreAnswer.class).doesNotHaveDuplicates();
    Answer alone =
        Answers.ofOriginal(
                Families.of("bert", "rerank").toString(),
                GraphChoice.AUTO,
                List.of(new SampleText("a fast car", "label", 1)),
                () -> {})
            .answers()
            .get(0);
    assertThat(((ScoreAnswer) alone).score()).isNotEqualTo(((ScoreAnswer) answers.get(2)).score());
  }

  private static float[] probabilities(float[] logits, int labels) {
    float[] probabilities = new float[logits.length];
    for (int from = 0; from < logits.length; from += labels) {
      double sum = 0;
      for (int i = from; i < from + labels; i++) {
        sum += Math.exp(logits[i]);
      }
      for (int i = from; i < from + labels; i++) {
        probabilities[i] = (float) (Math.exp(logits[i]) / sum);
      }
    }
    return probabilities;
  }

  private static List<Answer> ask(Path model) {
    return Answers.ofOriginal(model.toString(), GraphChoice.AUTO, TEXTS, () -> {}).answers();
  }
}
