package io.flinkinference.operator;

import io.flinkinference.result.ModelStamp;
import io.flinkinference.task.BatchSizing;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.traces.Span;

/** The trace of how long a subtask took to open its model. Times are of the wall clock. */
final class OpenSpan {

  private final long startMillis = System.currentTimeMillis();
  private long loadedMillis;

  /** The model is loaded and leased. */
  void loaded() {
    loadedMillis = System.currentTimeMillis();
  }

  /** The operator is ready for its first record. */
  void report(MetricGroup operator, ModelStamp stamp, BatchSizing sizing) {
    operator.addSpan(
        Span.builder(InferenceOperator.class, "OpenModel")
            .setStartTsMillis(startMillis)
            .setEndTsMillis(System.currentTimeMillis())
            .setAttribute("model", stamp.name())
            .setAttribute("sha256", stamp.sha256())
            .setAttribute("precision", stamp.precision())
            .setAttribute("device", stamp.device())
            .setAttribute("loadMillis", loadedMillis - startMillis)
            .setAttribute("warmUpMillis", sizing.warmUpNanos() / 1_000_000)
            .setAttribute("tokenBudget", (long) sizing.budget().tokens()));
  }
}
