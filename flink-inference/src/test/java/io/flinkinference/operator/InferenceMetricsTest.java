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
import io.flinkinference.text.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class InferenceMetricsTest {

  @Test
  void tellsWhatBatchesTookAndWhatBecameOfRecords() {
    Map<String, Metric> registered = new HashMap<>();
    Capacity capacity = new Capacity(10, 100, Optional.empty());
    InFlightRecord<String, String> record =
        new InFlightRecord<>(new StreamRecord<>("a"), Encoding.of(1, 2));
    record.accept(5_000);
    capacity.add(record);
    EngineExecutor executor = new EngineExecutor(2, Thread::new);
    InferenceMetrics metrics =
        new InferenceMetrics(
            new Capturing(registered, ""),
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

    assertThat(count(registered, "model.m.batches")).isEqualTo(1);
    assertThat(count(registered, "model.m.batchRows")).isEqualTo(3);
    assertThat(count(registered, "model.m.engineBusyTime")).isEqualTo(7);
    assertThat(count(registered, "model.m.deadLetters")).isEqualTo(1);
    assertThat(count(registered, "model.m.reason.engine_timeout.deadLettersByReason")).isEqualTo(1);
    assertThat(count(registered, "model.m.singleFlightHits")).isEqualTo(1);
    assertThat(count(registered, "model.m.cacheHits")).isZero();
    assertThat(gauge(registered, "model.m.inFlight")).isEqualTo(1);
    assertThat(gauge(registered, "model.m.tokensInFlight")).isEqualTo(2);
    assertThat(gauge(registered, "model.m.tokenBudget")).isEqualTo(77);
    assertThat(gauge(registered, "model.m.permits")).isEqualTo(2);
    assertThat(gauge(registered, "model.m.permitsInUse")).isEqualTo(0);
    assertThat(gauge(registered, "model.m.warmUpTime")).isEqualTo(9L);
    assertThat(gauge(registered, "model.m.paddingRatio")).isEqualTo(1.0);
    assertThat(
            gauge(
                registered,
                "model.m.sha256.abc.precision.int8.device.cpu.batchInvariant.false.modelInfo"))
        .isEqualTo(1);
    assertThat(count(registered, "model.m.skippedTexts")).isEqualTo(1);
    assertThat(max(registered, "model.m.queueTime")).isEqualTo(4);
    assertThat(max(registered, "model.m.engineTime")).isEqualTo(7);
    assertThat(max(registered, "model.m.operatorTime")).isEqualTo(20);
    assertThat(max(registered, "model.m.rowsPerBatch")).isEqualTo(3);
  }

  @Test
  void thePageOfTheMetricsNamesEachAndNoOther() throws Exception {
    Map<String, Metric> registered = new HashMap<>();
    EngineExecutor executor = new EngineExecutor(1, Thread::new);
    new InferenceMetrics(
        new Capturing(registered, ""),
        new ModelStamp("m", "abc", "int8", "cpu", false),
        new Observed(new Capacity(1, 1, Optional.empty()), new TokenBudget(1), executor, 0));
    executor.shutdown();
    Set<String> names = new TreeSet<>();
    for (String name : registered.keySet()) {
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

  private static Object gauge(Map<String, Metric> registered, String name) {
    return ((Gauge<?>) registered.get(name)).getValue();
  }

  private static long count(Map<String, Metric> registered, String name) {
    return ((Counter) registered.get(name)).getCount();
  }

  private static long max(Map<String, Metric> registered, String name) {
    return ((Histogram) registered.get(name)).getStatistics().getMax();
  }

  private static final class Capturing extends UnregisteredMetricsGroup {
    private final Map<String, Metric> registered;
    private final String prefix;

    Capturing(Map<String, Metric> registered, String prefix) {
      this.registered = registered;
      this.prefix = prefix;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Capturing(registered, prefix + key + "." + value + ".");
    }

    @Override
    public Counter counter(String name) {
      Counter counter = super.counter(name);
      registered.put(prefix + name, counter);
      return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      registered.put(prefix + name, gauge);
      return gauge;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      registered.put(prefix + name, histogram);
      return histogram;
    }
  }
}
