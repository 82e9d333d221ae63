package io.flinkinference.examples.cluster;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Brings the metrics of inference operators to whoever started the cluster in this process.
 *
 * <p>Flink makes reporters from text, so an id in the cluster's configuration says whose they are.
 */
public final class InferenceMetricsReporter implements MetricReporter {

  private static final String PREFIX = "metrics.reporter.inference.";
  private static final String ID = "id";

  /** The group that an inference operator registers its metrics under. */
  private static final String MODEL_VARIABLE = "<model>";

  private static final Map<String, OperatorMetrics> RECEIVERS = new ConcurrentHashMap<>();

  private final OperatorMetrics receiver;

  private InferenceMetricsReporter(OperatorMetrics receiver) {
    this.receiver = receiver;
  }

  /** Lets a cluster of the given configuration report to {@code receiver}. */
  static void configure(Configuration configuration, OperatorMetrics receiver) {
    String id = Integer.toHexString(System.identityHashCode(receiver));
    RECEIVERS.put(id, receiver);
    configuration.setString(PREFIX + "factory.class", Factory.class.getName());
    configuration.setString(PREFIX + ID, id);
  }

  /** Forgets a receiver. */
  static void forget(OperatorMetrics receiver) {
    RECEIVERS.values().remove(receiver);
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (group.getAllVariables().containsKey(MODEL_VARIABLE)) {
      receiver.add(name, metric);
    }
  }

  /** What an operator counted is still wanted when it has ended. */
  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

  /** Found by Flink through {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      String id = properties.getProperty(ID);
      OperatorMetrics receiver = id == null ? null : RECEIVERS.get(id);
      if (receiver == null) {
        throw new IllegalStateException("Nobody waits for the metrics of cluster " + id + ".");
      }
      return new InferenceMetricsReporter(receiver);
    }
  }
}
