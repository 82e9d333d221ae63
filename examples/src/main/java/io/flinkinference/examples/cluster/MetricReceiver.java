package io.flinkinference.examples.cluster;

import org.apache.flink.metrics.Metric;

/**
 * Gets the metrics of the inference operators of a cluster. Its methods may be called by any
 * thread.
 */
public interface MetricReceiver {

  /** Takes no notice of any. */
  MetricReceiver NONE =
      new MetricReceiver() {
        @Override
        public void add(String name, Metric metric) {}

        @Override
        public void remove(String name, Metric metric) {}
      };

  /** An operator has a metric. */
  void add(String name, Metric metric);

  /** An operator has ended. */
  void remove(String name, Metric metric);
}
