package io.flinkinference.table;

import io.flinkinference.task.BatchReport;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * The figures of one subtask, named as those of the operator; docs/sql.md says which there are.
 *
 * <p><b>Thread safety:</b> written by all engine threads at once.
 */
final class PredictMetrics {

  private final Counter batches;
  private final Counter batchRows;
  private final Counter runs;
  private final Counter realTokens;
  private final Counter paddedTokens;
  private final Counter unscorable;
  private final Counter skipped;

  PredictMetrics(MetricGroup group) {
    batches = counter(group, "batches");
    batchRows = counter(group, "batchRows");
    runs = counter(group, "engineRuns");
    realTokens = counter(group, "realTokens");
    paddedTokens = counter(group, "paddedTokens");
    unscorable = counter(group, "unscorableTexts");
    skipped = counter(group, "skippedTexts");
  }

  private static Counter counter(MetricGroup group, String name) {
    return group.counter(name, new ThreadSafeSimpleCounter());
  }

  void batchDone(BatchReport<?> report) {
    batches.inc();
    batchRows.inc(report.counts().rows());
    runs.inc(report.counts().runs());
    realTokens.inc(report.counts().realTokens());
    paddedTokens.inc(report.counts().paddedTokens());
  }

  void unscorable() {
    unscorable.inc();
  }

  void skipped() {
    skipped.inc();
  }
}
