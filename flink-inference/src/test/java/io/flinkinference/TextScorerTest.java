package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextScorerTest {

  private static final String MODEL = "all-minilm-l6-v2";

  @Test
  void outcomesComeInTheOrderOfTheTextsAndFailuresKeepTheirPlace() {
    List<String> texts = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      texts.add("word ".repeat(1 + random.nextInt(40)) + i);
    }
    texts.set(10, " ");
    List<TextOutcome<String, Embedding>> outcomes = new ArrayList<>();
    try (TextScorer<Embedding> scorer =
        TextScorer.open(MODEL, Tasks.embedding(), new Configuration())) {
      scorer.score(texts.iterator(), text -> text, outcomes::add);
      assertThat(scorer.stamp().precision()).isEqualTo("fp32");
      assertThat(scorer.stamp().batchInvariant()).isTrue();
    }
    assertThat(outcomes).extracting(TextOutcome::item).isEqualTo(texts);
    assertThat(outcomes.get(10).failure().reason()).isEqualTo(DeadLetterReason.BLANK_TEXT);
    outcomes.remove(10);
    assertThat(outcomes).allMatch(outcome -> outcome.result().dimension() == 384);
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  @Test
  void everyItemHasAnOutcomeWhateverBecomesOfBlankTexts() {
    List<String> texts = Arrays.asList("one", "", null, "two");
    Configuration options = cold();
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SKIP);
    List<TextOutcome<String, Embedding>> skipped = outcomes(texts, options);
    assertThat(skipped)
        .extracting(TextOutcome::isSkipped)
        .containsExactly(false, true, true, false);

    options.set(InferenceOptions.BLANK_TEXT, BlankText.EMPTY_RESULT);
    List<TextOutcome<String, Embedding>> empty = outcomes(texts, options);
    assertThat(empty).extracting(one -> one.result().dimension()).containsExactly(384, 0, 0, 384);
  }

  @Test
  void aTextBeyondTheLimitIsRejectedOnRequest() {
    String fits = "word ".repeat(8);
    Configuration options = cold();
    options.set(InferenceOptions.MAX_TOKENS, 10);
    options.set(InferenceOptions.LONG_TEXT, LongText.DEAD_LETTER);
    List<TextOutcome<String, Embedding>> outcomes = outcomes(List.of(fits, fits + "more"), options);
    assertThat(outcomes.get(0).failure()).isNull();
    assertThat(outcomes.get(1).failure().reason()).isEqualTo(DeadLetterReason.TOO_LONG);
    assertThat(outcomes.get(1).failure().message())
        .contains("44 characters", "only the first 10", "inference.text.too-long");
  }

  private static List<TextOutcome<String, Embedding>> outcomes(
      List<String> texts, Configuration options) {
    List<TextOutcome<String, Embedding>> outcomes = new ArrayList<>();
    try (TextScorer<Embedding> scorer = TextScorer.open(MODEL, Tasks.embedding(), options)) {
      scorer.score(texts.iterator(), text -> text, outcomes::add);
    }
    return outcomes;
  }

  @Test
  @Timeout(60)
  void nothingLingersWhereAllHaveCome() {
    Configuration options = cold();
    options.set(InferenceOptions.LINGER, Duration.ofMinutes(10));
    options.set(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 2);
    assertThat(outcomes(List.of("one", "two", "three"), options)).hasSize(3);
  }

  @Test
  void aScoreDoesNotDependOnItsBatchMates() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("the cat sat on the mat ".repeat(1 + i % 7) + i);
    }
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(2));
    Map<String, Embedding> together = new HashMap<>();
    Map<String, Embedding> alone = new HashMap<>();
    try (TextScorer<Embedding> scorer = TextScorer.open(MODEL, Tasks.embedding(), cold())) {
      scorer.score(
          shuffled.iterator(), text -> text, one -> together.put(one.item(), one.result()));
      for (String text : texts) {
        scorer.score(List.of(text).iterator(), t -> t, one -> alone.put(one.item(), one.result()));
      }
    }
    for (String text : texts) {
      assertThat(cosine(together.get(text), alone.get(text))).isGreaterThan(0.999999);
    }
  }

  @Test
  void zeroShotLabelsMakeSense() {
    var task =
        Tasks.zeroShot(
            Map.of(
                "sport", "football, tennis, the match and its score",
                "cooking", "recipes, ingredients and how to bake"),
            0.05);
    List<String> best = new ArrayList<>();
    try (var scorer = TextScorer.open(MODEL, task, cold())) {
      scorer.score(
          List.of("The striker scored twice in the final.", "Whisk the eggs with the flour.")
              .iterator(),
          text -> text,
          one -> best.add(one.result().top().label()));
    }
    assertThat(best).containsExactly("sport", "cooking");
  }

  @Test
  void aTextThatEqualsItsReferenceIsAsNearAsCanBeAlsoBehindAPrefix() {
    String text = "Where is my parcel?";
    var task = Tasks.nearest(Map.of("delivery", List.of(text)), -1, 1);
    Configuration options = cold();
    options.set(InferenceOptions.TEXT_PREFIX, "query: ");
    List<Float> scores = new ArrayList<>();
    try (var scorer = TextScorer.open(MODEL, task, options)) {
      scorer.score(List.of(text).iterator(), t -> t, one -> scores.add(one.result().top().score()));
    }
    assertThat(scores.get(0)).isCloseTo(1, within(1e-5f));
  }

  @Test
  void whatTheTakerThrowsEndsTheRun() {
    try (TextScorer<Embedding> scorer = TextScorer.open(MODEL, Tasks.embedding(), cold())) {
      Iterator<String> endless = Collections.nCopies(1_000_000, "again").iterator();
      assertThatThrownBy(
              () ->
                  scorer.score(
                      endless,
                      text -> text,
                      one -> {
                        throw new IllegalStateException("the pipe is broken");
                      }))
          .hasMessage("the pipe is broken");
    }
  }

  @Test
  void anErrorOfTheTakerEndsTheRunToo() {
    try (TextScorer<Embedding> scorer = TextScorer.open(MODEL, Tasks.embedding(), cold())) {
      assertThatThrownBy(
              () ->
                  scorer.score(
                      List.of("only one").iterator(),
                      text -> text,
                      one -> {
                        throw new AssertionError("not what was expected");
                      }))
          .isInstanceOf(AssertionError.class)
          .hasMessage("not what was expected");
    }
  }

  @Test
  void aLimitThatNoTextFitsIntoIsRefused() {
    Configuration options = cold();
    options.set(InferenceOptions.MAX_TOKENS, 1);
    assertThatThrownBy(() -> TextScorer.open(MODEL, Tasks.embedding(), options))
        .hasMessageContaining("1 tokens leaves no room");
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  @Test
  void aLimitAboveTheModelsIsRefused() {
    Configuration options = cold();
    options.set(InferenceOptions.MAX_TOKENS, 4_096);
    assertThatThrownBy(() -> TextScorer.open(MODEL, Tasks.embedding(), options))
        .hasMessageContaining("4096")
        .hasMessageContaining("at most 256 tokens");
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  private static double cosine(Embedding a, Embedding b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.values()[i] * b.values()[i];
      aa += (double) a.values()[i] * a.values()[i];
      bb += (double) b.values()[i] * b.values()[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  /** Options without a measurement at the start, which takes longer than these few texts. */
  private static Configuration cold() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.WARM_UP, false);
    return options;
  }
}
