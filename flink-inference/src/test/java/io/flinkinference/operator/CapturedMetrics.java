package io.flinkinference.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.SpanBuilder;

/** Keeps the metrics that are registered, by their names with those of their groups, and spans. */
final class CapturedMetrics extends UnregisteredMetricsGroup {

  private final Map<String, Metric> registered;
  private final List<Span> spans;
  private final String prefix;

  CapturedMetrics() {
    this(new HashMap<>(), new ArrayList<>(), "");
  }

  private CapturedMetrics(Map<String, Metric> registered, List<Span> spans, String prefix) {
    this.registered = registered;
    this.spans = spans;
    this.prefix = prefix;
  }

  Set<String> names() {
    return registered.keySet();
  }

  List<Span> spans() {
    return spans;
  }

  Object valueOf(String gauge) {
    return ((Gauge<?>) registered.get(gauge)).getValue();
  }

  long countOf(String counter) {
    return ((Counter) registered.get(counter)).getCount();
  }

  long maxOf(String histogram) {
    return ((Histogram) registered.get(histogram)).getStatistics().getMax();
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new CapturedMetrics(registered, spans, prefix + key + "." + value + ".");
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

  @Override
  public void addSpan(SpanBuilder span) {
    spans.add(span.build());
  }
}
