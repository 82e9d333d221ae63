package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.task.BlankText;
import io.flinkinference.testing.TestingThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AsyncTextScorerTest {

  @TempDir Path directory;

  private final Configuration options = new Configuration();
  private String model;

  @BeforeEach
  void writeModel() throws Exception {
    model = TestingModels.directory(TestingModels.TROUBLED, directory).toString();
    options.set(InferenceOptions.WARM_UP, false);
  }

  @AfterEach
  void noModelIsLeftInMemory() {
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  @Test
  void eachTextGetsTheResultThatTheOrderedScorerGives() throws Exception {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add("t" + (30 + random.nextInt(60)) + " t40".repeat(random.nextInt(9)));
    }
    List<Classification> expected = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model, Tasks.textClassification(), options)) {
      scorer.score(texts.iterator(), text -> text, outcome -> expected.add(outcome.result()));
    }
    try (AsyncTextScorer<Classification> scorer = open()) {
      List<CompletableFuture<Classification>> futures = texts.stream().map(scorer::score).toList();
      for (int i = 0; i < texts.size(); i++) {
        LabelScore top = TestingThreads.get(futures.get(i)).top();
        assertThat(top.label()).isEqualTo(expected.get(i).top().label());
        // The last digits may depend on the shape of the batch.
        assertThat(top.score()).isCloseTo(expected.get(i).top().score(), within(1e-5f));
      }
      assertThat(scorer.stamp().name()).isEqualTo(TestingModels.TROUBLED);
    }
  }

  @Test
  void aTextAtFaultFailsAlone() throws Exception {
    try (AsyncTextScorer<Classification> scorer = open()) {
      var good = scorer.score("t3");
      var fails = scorer.score("t13 t3");
      var nan = scorer.score("t14");
      var blank = scorer.score(" ");
      assertThat(TestingThreads.get(good).labels()).hasSize(3);
      assertThat(reason(fails)).isEqualTo(DeadLetterReason.ENGINE_FAILURE);
      assertThat(reason(nan)).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
      assertThat(reason(blank)).isEqualTo(DeadLetterReason.BLANK_TEXT);
    }
  }

  private static DeadLetterReason reason(CompletableFuture<?> future) throws Exception {
    assertThatThrownBy(() -> TestingThreads.get(future))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnscorableException.class);
    return TestingThreads.get(future.handle((result, e) -> ((UnscorableException) e).reason()));
  }

  @Test
  void anEngineAtFaultFailsAllThatWait() {
    options.set(InferenceOptions.MAX_CONSECUTIVE_FAILURES, 2);
    options.set(InferenceOptions.CONCURRENCY, 1);
    try (AsyncTextScorer<Classification> scorer = open()) {
      List<CompletableFuture<Classification>> futures = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        futures.add(scorer.score("t13 t" + (20 + i)));
      }
      CompletableFuture<?> last = futures.get(19);
      assertThatThrownBy(() -> TestingThreads.get(last))
          .hasCauseInstanceOf(EngineException.class)
          .hasStackTraceContaining("2 records in a row");
      CompletableFuture<?> later = scorer.score("t20");
      assertThatThrownBy(() -> TestingThreads.get(later)).hasCauseInstanceOf(EngineException.class);
    }
  }

  @Test
  void closingFailsWhatIsUnderWay() {
    AsyncTextScorer<Classification> scorer = open();
    var endless = scorer.score("t" + TestingModels.ID_THAT_IS_ENDLESS);
    scorer.close();
    assertThatThrownBy(() -> TestingThreads.get(endless))
        .hasMessageContaining("closed before the text was scored");
  }

  @Test
  void equalTextsInFlightShareARunAndTheCacheKeepsResults() throws Exception {
    options.set(InferenceOptions.CACHE_RESULTS, 10);
    options.set(InferenceOptions.CONCURRENCY, 1);
    options.set(InferenceOptions.TIME_LIMIT, Duration.ofSeconds(30));
    List<Integer> rows = new ArrayList<>();
    try (AsyncTextScorer<Classification> scorer =
        AsyncTextScorer.open(
            ScoringSpec.of(model, Tasks.textClassification(), options),
            report -> rows.add(report.entries().size()))) {
      var slow = scorer.score("t15 t30");
      var same = scorer.score("t15 t30");
      assertThat(same).isSameAs(slow);
      Classification result = TestingThreads.get(slow);
      assertThat(TestingThreads.get(scorer.score("t15 t30"))).isSameAs(result);
    }
    assertThat(rows).containsExactly(1);
  }

  @Test
  void aSkippedTextHasNoResultAndNoFailure() throws Exception {
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SKIP);
    try (AsyncTextScorer<Classification> scorer = open()) {
      assertThat(TestingThreads.get(scorer.score(""))).isNull();
    }
  }

  @Test
  void aLatencyTargetIsRefused() {
    options.set(InferenceOptions.WARM_UP, true);
    options.set(InferenceOptions.LATENCY_TARGET, Duration.ofMillis(50));
    assertThatThrownBy(() -> ScoringSpec.of(model, Tasks.textClassification(), options))
        .hasMessageContaining("LATENCY_TARGET")
        .hasMessageContaining("Set FIXED or MEASURED");
  }

  private AsyncTextScorer<Classification> open() {
    return AsyncTextScorer.open(ScoringSpec.of(model, Tasks.textClassification(), options));
  }
}
