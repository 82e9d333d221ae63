package io.flinkinference.reliability.rig;

import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Brings the operator's gauge {@code inFlight} to the bench. */
public final class InFlightReporter implements MetricReporter {

  private static final String PREFIX = "metrics.reporter.bench.";
  private static final String BENCH = "bench";
  private static final String GAUGE = "inFlight";

  private final Bench bench;

  private InFlightReporter(Bench bench) {
    this.bench = bench;
  }

  static void configure(Configuration configuration, Bench bench) {
    configuration.setString(PREFIX + "factory.class", Factory.class.getName());
    configuration.setString(PREFIX + BENCH, bench.name());
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && name.equals(GAUGE)) {
      bench.inFlightGauges().add(gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && name.equals(GAUGE)) {
      bench.inFlightGauges().remove(gauge);
    }
  }

  /** Found by Flink through {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new InFlightReporter(Bench.named(properties.getProperty(BENCH)));
    }
  }
}
