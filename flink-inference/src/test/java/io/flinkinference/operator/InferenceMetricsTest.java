package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.operator.InferenceMetrics.Observed;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.RunCounts;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class InferenceMetricsTest {

  @Test
  void tellsWhatBatchesTookAndWhatBecameOfRecords() {
    CapturedMetrics captured = new CapturedMetrics();
    Capacity capacity = new Capacity(10, 100, Optional.empty());
    InFlightRecord<String, String> record =
        new InFlightRecord<>(new StreamRecord<>("a"), Encoding.of(1, 2));
    record.accept(5_000);
    capacity.add(record);
    EngineExecutor executor = new EngineExecutor(2, TestingThreads::daemon);
    InferenceMetrics metrics =
        new InferenceMetrics(
            captured,
            new ModelStamp("m", "abc", "int8", "cpu", false),
            new Observed(capacity, new TokenBudget(77), executor, 9_000));

    RunCounts counts = new RunCounts();
    counts.finished(3);
    metrics.batchDone(new BatchReport<>(List.of(record, record), counts, 9_000, 7_000, null));
    metrics.answered(EqualTexts.Answer.FOLLOWS);
    metrics.answered(EqualTexts.Answer.LEADS);
    record.fail(new Failure(DeadLetterReason.ENGINE_TIMEOUT, "slow", 2));
    metrics.emitted(record, 25_000);
    executor.shutdown();
    metrics.skipped();

    assertThat(captured.countOf("model.m.batches")).isEqualTo(1);
    assertThat(captured.countOf("model.m.batchRows")).isEqualTo(3);
    assertThat(captured.countOf("model.m.engineBusyTime")).isEqualTo(7);
    assertThat(captured.countOf("model.m.deadLetters")).isEqualTo(1);
    assertThat(captured.countOf("model.m.reason.engine_timeout.deadLettersByReason")).isEqualTo(1);
    assertThat(captured.countOf("model.m.singleFlightHits")).isEqualTo(1);
    assertThat(captured.countOf("model.m.cacheHits")).isZero();
    assertThat(captured.valueOf("model.m.inFlight")).isEqualTo(1);
    assertThat(captured.valueOf("model.m.tokensInFlight")).isEqualTo(2);
    assertThat(captured.valueOf("model.m.tokenBudget")).isEqualTo(77);
    assertThat(captured.valueOf("model.m.permits")).isEqualTo(2);
    assertThat(captured.valueOf("model.m.permitsInUse")).isEqualTo(0);
    assertThat(captured.valueOf("model.m.warmUpTime")).isEqualTo(9L);
    assertThat(captured.valueOf("model.m.paddingRatio")).isEqualTo(1.0);
    assertThat(
            captured.valueOf(
                "model.m.sha256.abc.precision.int8.device.cpu.batchInvariant.false.modelInfo"))
        .isEqualTo(1);
    assertThat(captured.countOf("model.m.skippedTexts")).isEqualTo(1);
    assertThat(captured.maxOf("model.m.queueTime")).isEqualTo(4);
    assertThat(captured.maxOf("model.m.engineTime")).isEqualTo(7);
    assertThat(captured.maxOf("model.m.operatorTime")).isEqualTo(20);
    assertThat(captured.maxOf("model.m.rowsPerBatch")).isEqualTo(3);
  }

  @Test
  void thePageOfTheMetricsNamesEachAndNoOther() throws Exception {
    CapturedMetrics captured = new CapturedMetrics();
    EngineExecutor executor = new EngineExecutor(1, TestingThreads::daemon);
    new InferenceMetrics(
        captured,
        new ModelStamp("m", "abc", "int8", "cpu", false),
        new Observed(new Capacity(1, 1, Optional.empty()), new TokenBudget(1), executor, 0));
    executor.shutdown();
    Set<String> names = new TreeSet<>();
    for (String name : captured.names()) {
      names.add(name.substring(name.lastIndexOf('.') + 1));
    }

    Set<String> documented = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| (counter|gauge|histogram) ")
            .matcher(Files.readString(Path.of("..", "docs", "metrics.md")));
    while (row.find()) {
      documented.add(row.group(1));
    }
    assertThat(documented).isEqualTo(names);
    assertThat(Files.readString(Path.of("..", "docs", "metrics.md")))
        .contains(
            Arrays.stream(DeadLetterReason.values())
                .map(reason -> "`" + reason.name().toLowerCase(Locale.ROOT) + "`")
                .toList());
  }
}
