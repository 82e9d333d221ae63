package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.task.BatchReport;
import io.flinkinference.text.Encoding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  void tellsRowsTokensPaddingAndTimes() {
    Map<String, Metric> registered = new HashMap<>();
    InferenceMetrics metrics = new InferenceMetrics(new Capturing(registered, ""), "m", () -> 3);
    InFlightRecord<String, String> record =
        new InFlightRecord<>(new StreamRecord<>("a"), Encoding.of(1, 2), 5_000);

    metrics.batchDone(new BatchReport<>(List.of(record, record), 3, 40, 50, 9_000, 7_000, null));
    metrics.deadLetter();
    metrics.skipped();

    assertThat(count(registered, "model.m.batches")).isEqualTo(1);
    assertThat(count(registered, "model.m.batchRows")).isEqualTo(2);
    assertThat(count(registered, "model.m.engineRuns")).isEqualTo(3);
    assertThat(count(registered, "model.m.realTokens")).isEqualTo(40);
    assertThat(count(registered, "model.m.paddedTokens")).isEqualTo(50);
    assertThat(count(registered, "model.m.deadLetters")).isEqualTo(1);
    assertThat(count(registered, "model.m.skippedTexts")).isEqualTo(1);
    assertThat(((Gauge<?>) registered.get("model.m.inFlight")).getValue()).isEqualTo(3);
    assertThat(((Gauge<?>) registered.get("model.m.paddingRatio")).getValue()).isEqualTo(1.25);
    assertThat(max(registered, "model.m.queueTime")).isEqualTo(4);
    assertThat(max(registered, "model.m.engineTime")).isEqualTo(7);
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
