package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.PairOrder;
import io.flinkinference.task.RerankTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of tasks, against those of the pipelines of transformers for the same models. */
class ReferenceTasksTest {

  private static final Path ALL = Path.of("src/test/resources/reference/families");
  private static final float TOLERANCE = 1e-4f;
  private static final List<String> TOPICS = List.of("politics", "weather", "food");

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta"})
  void entitiesOfEachAggregationAreThoseOfThePipeline(String family) throws Exception {
    String model = family + "/tokens";
    List<ReferenceAnswer> texts =
        answers(model).stream().filter(one -> one.has("entities")).toList();
    for (Aggregation aggregation : Aggregation.values()) {
      List<Integer> counts = new ArrayList<>();
      score(
          model,
          Tasks.tokenClassification(aggregation),
          texts,
          false,
          (answer, result) -> {
            List<ReferenceAnswer.Found> expected = trimmed(answer, aggregation);
            if (overlap(expected)) {
              requireSameCharacters(answer, expected, result);
            } else {
              requireSame(answer, expected, result);
            }
            counts.add(result.entities().size());
          });
      assertThat(counts).hasSameSizeAs(texts).anyMatch(count -> count > 3);
    }
  }

  /** The pipeline counts the blank before a word to it where the tokenizer does; ours does not. */
  private static List<ReferenceAnswer.Found> trimmed(
      ReferenceAnswer answer, Aggregation aggregation) {
    int[] text = answer.text().codePoints().toArray();
    List<ReferenceAnswer.Found> trimmed = new ArrayList<>();
    for (ReferenceAnswer.Found found : answer.entities(aggregation)) {
      int[] inked =
          IntStream.range(found.start(), found.end()).filter(i -> !isWhite(text[i])).toArray();
      if (inked.length > 0) {
        trimmed.add(
            new ReferenceAnswer.Found(
                found.label(), inked[0], inked[inked.length - 1] + 1, found.score()));
      }
    }
    return trimmed;
  }

  private static boolean isWhite(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** Where tokens share a character, the pipeline may give it to two entities; ours has it once. */
  private static boolean overlap(List<ReferenceAnswer.Found> entities) {
    return IntStream.range(1, entities.size())
        .anyMatch(i -> entities.get(i).start() < entities.get(i - 1).end());
  }

  private static void requireSameCharacters(
      ReferenceAnswer answer, List<ReferenceAnswer.Found> expected, Entities result) {
    BitSet characters = new BitSet();
    expected.forEach(one -> characters.set(one.start(), one.end()));
    for (Entity entity : result.entities()) {
      for (int i = entity.startCodePoint(); i < entity.endCodePoint(); i++) {
        assertThat(characters.get(i)).as("%s", answer.text()).isTrue();
        characters.clear(i);
      }
    }
    assertThat(characters.isEmpty()).as("%s", answer.text()).isTrue();
  }

  private static void requireSame(
      ReferenceAnswer answer, List<ReferenceAnswer.Found> expected, Entities result) {
    assertThat(result.entities()).as("%s", answer.text()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Entity entity = result.entities().get(i);
      ReferenceAnswer.Found found = expected.get(i);
      assertThat(entity.label()).as("%s", answer.text()).isEqualTo(found.label());
      assertThat(entity.startCodePoint()).as("%s", answer.text()).isEqualTo(found.start());
      assertThat(entity.endCodePoint()).as("%s", answer.text()).isEqualTo(found.end());
      assertThat(entity.score())
          .as("%s", answer.text())
          .isCloseTo(found.score(), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @CsvSource({"one, false", "several, true"})
  void zeroShotScoresAreThoseOfThePipeline(String of, boolean multiLabel) throws Exception {
    String model = "deberta-v2/inference";
    List<ReferenceAnswer> texts = answers(model).stream().filter(one -> one.has("topics")).toList();
    assertThat(texts).hasSizeGreaterThan(3);
    score(
        model,
        Tasks.zeroShotByInference(TOPICS, "This is about {}.", multiLabel),
        texts,
        false,
        (answer, result) -> requireScores(answer, answer.topics(of), result));
  }

  @Test
  void inferenceIsTheSoftmaxOfThePair() throws Exception {
    String model = "deberta-v2/inference";
    score(
        model,
        Tasks.naturalLanguageInference(),
        pairs(model),
        true,
        (answer, result) -> {
          float[] scores = answer.numbers("scores");
          requireScores(
              answer,
              Map.of("entailment", scores[0], "neutral", scores[1], "contradiction", scores[2]),
              result);
        });
  }

  @Test
  void relevanceIsThatOfThePair() throws Exception {
    String model = "bert/rerank";
    score(
        model,
        Tasks.rerank(new RerankTask().withOrder(PairOrder.TEXT_FIRST)),
        pairs(model),
        true,
        (answer, result) ->
            requireScores(answer, Map.of("relevance", answer.numbers("scores")[0]), result));
  }

  private static void requireScores(
      ReferenceAnswer answer, Map<String, Float> expected, Classification result) {
    assertThat(result.labels()).extracting(LabelScore::label).hasSameElementsAs(expected.keySet());
    for (LabelScore label : result.labels()) {
      assertThat(label.score())
          .as("%s of %s", label.label(), answer.text())
          .isCloseTo(expected.get(label.label()), within(TOLERANCE));
    }
  }

  private static List<ReferenceAnswer> pairs(String model) throws Exception {
    List<ReferenceAnswer> pairs = answers(model).stream().filter(ReferenceAnswer::isPair).toList();
    assertThat(pairs).isNotEmpty();
    return pairs;
  }

  private static List<ReferenceAnswer> answers(String model) throws Exception {
    return ReferenceAnswer.readAll(ALL.resolve(model).resolve("expected.json"));
  }

  private static <R> void score(
      String model,
      InferenceTask<R> task,
      List<ReferenceAnswer> answers,
      boolean pairs,
      BiConsumer<ReferenceAnswer, R> check)
      throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    options.set(InferenceOptions.WARM_UP, false);
    Function<ReferenceAnswer, String> pair = pairs ? ReferenceAnswer::pair : null;
    try (TextScorer<R> scorer = TextScorer.open(ALL.resolve(model).toString(), task, options)) {
      scorer.score(
          answers.iterator(),
          ReferenceAnswer::text,
          pair,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            check.accept(outcome.item(), outcome.result());
          });
    }
  }
}
