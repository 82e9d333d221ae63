package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.task.PairOrder;
import io.flinkinference.task.RerankTask;
import io.flinkinference.testing.TestingThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pairs through tokenizer and engine; the word t20 is the token id 20. */
@Timeout(60)
class PairScoringTest {

  private static final List<String> LABELS = List.of("t21", "t22 t23", "t24");

  @TempDir Path parent;

  private final Configuration options = new Configuration();
  private String model;

  @BeforeEach
  void writeModel() throws IOException {
    Path directory = TestingModels.directory(TestingModels.TROUBLED, parent);
    Path config = directory.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"zero\"", "\"contradiction\"")
            .replace("\"one\"", "\"neutral\"")
            .replace("\"two\"", "\"entailment\""));
    model = directory.toString();
    options.set(InferenceOptions.TOKEN_BUDGET, 16); // Parts of a record in several batches.
    options.set(InferenceOptions.CONCURRENCY, 2);
  }

  @AfterEach
  void noModelIsLeftInMemory() {
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  @Test
  void zeroShotIsWhatSinglePairsSay() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      texts.add("t" + (20 + i % 40) + " t30".repeat(i % 5));
    }
    Map<String, Classification> zeroShot = new LinkedHashMap<>();
    try (var scorer =
        TextScorer.open(model, Tasks.zeroShotByInference(LABELS, "t50 {}", true), options)) {
      scorer.score(texts.iterator(), t -> t, one -> zeroShot.put(one.item(), one.result()));
    }
    try (var pairs = TextScorer.open(model, Tasks.naturalLanguageInference(), options)) {
      for (String label : LABELS) {
        pairs.score(
            texts.iterator(),
            text -> text,
            text -> "t50 " + label,
            one ->
                assertThat((double) scoreOf(zeroShot.get(one.item()), label))
                    .isCloseTo(againstContradiction(one.result()), within(1e-5)));
      }
    }
  }

  private static double againstContradiction(Classification result) {
    double entailment = scoreOf(result, "entailment");
    return entailment / (entailment + scoreOf(result, "contradiction"));
  }

  private static float scoreOf(Classification result, String label) {
    return result.labels().stream()
        .filter(one -> one.label().equals(label))
        .map(LabelScore::score)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneBadPartMakesOneFailureAndTheOthersAreScored() {
    String fails = "t" + TestingModels.ID_THAT_FAILS;
    List<String> texts = List.of("t20", fails, "t21", "t" + TestingModels.ID_THAT_IS_NAN);
    List<TextOutcome<String, Classification>> outcomes = new ArrayList<>();
    try (var scorer =
        TextScorer.open(model, Tasks.zeroShotByInference(LABELS, "t50 {}", false), options)) {
      scorer.score(texts.iterator(), t -> t, outcomes::add);
    }
    assertThat(outcomes).extracting(TextOutcome::item).isEqualTo(texts);
    assertThat(outcomes.get(1).failure().reason()).isEqualTo(DeadLetterReason.ENGINE_FAILURE);
    assertThat(outcomes.get(3).failure().reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(outcomes.get(0).result().labels()).hasSize(3);
    assertThat(outcomes.get(2).result().labels()).hasSize(3);
  }

  @Test
  void futuresCompleteWhenAllPartsAreBack() throws Exception {
    try (var scorer =
        AsyncTextScorer.open(
            ScoringSpec.of(model, Tasks.zeroShotByInference(LABELS, "t50 {}", false), options))) {
      List<CompletableFuture<Classification>> futures = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        futures.add(scorer.score("t" + (20 + i % 10)));
      }
      for (CompletableFuture<Classification> future : futures) {
        assertThat(TestingThreads.get(future).labels()).hasSize(3);
      }
      var bad = scorer.score("t" + TestingModels.ID_THAT_FAILS);
      assertThatThrownBy(() -> TestingThreads.get(bad))
          .hasCauseInstanceOf(UnscorableException.class);
      assertThatThrownBy(() -> scorer.score("t20", "t21"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void pairsAreScoredOneByOneToo() throws Exception {
    try (var scorer =
        AsyncTextScorer.open(ScoringSpec.of(model, Tasks.naturalLanguageInference(), options))) {
      assertThat(TestingThreads.get(scorer.score("t20", "t21")).labels()).hasSize(3);
      assertThatThrownBy(() -> scorer.score("t20"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("judges two texts");
    }
  }

  @Test
  void severalTasksShareTheRun() {
    Map<String, InferenceTask<?>> tasks = new LinkedHashMap<>();
    tasks.put("single", Tasks.zeroShotByInference(LABELS, "t50 {}", false));
    tasks.put("multi", Tasks.zeroShotByInference(LABELS, "t50 {}", true));
    List<Results> results = new ArrayList<>();
    try (var scorer = TextScorer.open(model, Tasks.several(tasks), options)) {
      scorer.score(List.of("t20").iterator(), t -> t, one -> results.add(one.result()));
    }
    assertThat(results.get(0).byName().keySet()).containsExactly("single", "multi");
    try (var alone =
        TextScorer.open(model, Tasks.zeroShotByInference(LABELS, "t50 {}", true), options)) {
      alone.score(
          List.of("t20").iterator(),
          t -> t,
          one ->
              assertThat(results.get(0).get("multi", Classification.class))
                  .isEqualTo(one.result()));
    }
  }

  @Test
  void aModelOfThreeScoresIsNoReranker() {
    RerankTask task = new RerankTask().withQuery("t20").withOrder(PairOrder.TEXT_FIRST);
    assertThatThrownBy(() -> TextScorer.open(model, Tasks.rerank(task), options))
        .hasMessageContaining("the task names 1");
  }
}
