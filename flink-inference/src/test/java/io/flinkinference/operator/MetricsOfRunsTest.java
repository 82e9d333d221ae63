package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.operator.InferenceMetrics.Observed;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.BatchRunner;
import io.flinkinference.task.RunCounts;
import io.flinkinference.testing.TakeAll;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs took reaches the metric that is named after it. */
@Timeout(60)
class MetricsOfRunsTest {

  private static final String GROUP = "model.testing.";

  private final TestingEngine engine = TestingEngine.free();
  private final LoadedModel model = TestingModel.around(engine);
  private final TokenBudget budget = new TokenBudget(1_000);
  private final Batcher<InFlightRecord<String, String>> batcher =
      new Batcher<>(new TakeAll(), budget, 0);
  private final List<BatchReport<InFlightRecord<String, String>>> reports = new ArrayList<>();
  private final BatchRunner<InFlightRecord<String, String>, String> runner =
      new BatchRunner<>(batcher, budget, model, TestingModel.DECODER, reports::add);
  private final CapturedMetrics captured = new CapturedMetrics();
  private final InferenceMetrics metrics =
      new InferenceMetrics(
          captured,
          model.stamp(),
          new Observed(new Capacity(1, 1, Optional.empty()), budget, model.executor(), 0));

  @AfterEach
  void closeModel() {
    model.close();
  }

  @Test
  void everyCountOfTheRunsReachesItsMetric() {
    run("good");
    run("aa", "b", "!!");
    run("#c", "dd", "eee", "f");
    engine.limitMemory(4);
    run("ggg", "hh");

    Map<String, Long> expected = new LinkedHashMap<>();
    expected.put("batches", (long) reports.size());
    expected.put("batchRows", sum(RunCounts::rows));
    expected.put("engineRuns", sum(RunCounts::runs));
    expected.put("realTokens", sum(RunCounts::realTokens));
    expected.put("paddedTokens", sum(RunCounts::paddedTokens));
    expected.put("retries", sum(RunCounts::retried));
    expected.put("halvings", sum(RunCounts::halvings));
    expected.put("engineTimeouts", sum(RunCounts::timeouts));
    expected.put("engineOutOfMemory", sum(RunCounts::memoryFailures));
    assertThat(expected.values())
        .as("so that none could stand for another")
        .doesNotContain(0L)
        .doesNotHaveDuplicates();
    expected.forEach(
        (metric, count) ->
            assertThat(captured.countOf(GROUP + metric)).as(metric).isEqualTo(count));
    assertThat(captured.valueOf(GROUP + "paddingRatio"))
        .isEqualTo((double) sum(RunCounts::paddedTokens) / sum(RunCounts::realTokens))
        .isNotEqualTo(1.0);
  }

  @Test
  void textsWithoutARunOfTheirOwnAndTextsInWindowsAreTold() {
    metrics.answered(EqualTexts.Answer.CACHED);
    metrics.answered(EqualTexts.Answer.CACHED);
    metrics.answered(EqualTexts.Answer.CACHED);
    metrics.answered(EqualTexts.Answer.FOLLOWS);
    metrics.answered(EqualTexts.Answer.LEADS);
    metrics.windowed(4);
    metrics.windowed(3);

    assertThat(captured.countOf(GROUP + "cacheHits")).isEqualTo(3);
    assertThat(captured.countOf(GROUP + "singleFlightHits")).isEqualTo(1);
    assertThat(captured.countOf(GROUP + "windowedTexts")).isEqualTo(2);
    assertThat(captured.countOf(GROUP + "windows")).isEqualTo(7);
  }

  /** Runs texts as one batch, and what has to run again. */
  private void run(String... texts) {
    for (String text : texts) {
      batcher.add(
          new InFlightRecord<>(new StreamRecord<>(text), Encoding.of(text.chars().toArray())));
    }
    int before = reports.size();
    for (int turn = 0; runner.nanosUntilWork() == 0; turn++) {
      assertThat(turn).as("turns").isLessThan(100);
      runner.take().run();
    }
    reports.subList(before, reports.size()).forEach(metrics::batchDone);
  }

  private long sum(ToLongFunction<RunCounts> count) {
    return reports.stream().map(BatchReport::counts).mapToLong(count).sum();
  }
}
