package io.flinkinference.operator;

import io.flinkinference.batch.Entry;
import io.flinkinference.task.BatchReport;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The figures of one subtask, under the group {@code model} of the model's name. Written by the
 * mailbox thread. Times are in microseconds.
 */
final class InferenceMetrics {

  /** Enough for a stable p99, and little memory. */
  private static final int WINDOW = 2_000;

  private final Counter batches;
  private final Counter batchRows;
  private final Counter runs;
  private final Counter realTokens;
  private final Counter paddedTokens;
  private final Counter deadLetters;
  private final Counter skippedTexts;
  private final Histogram queueTime;
  private final Histogram engineTime;

  InferenceMetrics(MetricGroup operator, String model, IntSupplier inFlight) {
    MetricGroup group = operator.addGroup("model", model);
    batches = group.counter("batches");
    batchRows = group.counter("batchRows");
    runs = group.counter("engineRuns");
    realTokens = group.counter("realTokens");
    paddedTokens = group.counter("paddedTokens");
    deadLetters = group.counter("deadLetters");
    skippedTexts = group.counter("skippedTexts");
    queueTime = group.histogram("queueTime", new DescriptiveStatisticsHistogram(WINDOW));
    engineTime = group.histogram("engineTime", new DescriptiveStatisticsHistogram(WINDOW));
    group.gauge("inFlight", (Gauge<Integer>) inFlight::getAsInt);
    group.gauge("paddingRatio", (Gauge<Double>) this::paddingRatio);
  }

  void batchDone(BatchReport<? extends Entry<?>> report) {
    batches.inc();
    batchRows.inc(report.entries().size());
    runs.inc(report.runs());
    realTokens.inc(report.realTokens());
    paddedTokens.inc(report.paddedTokens());
    engineTime.update(report.engineNanos() / 1_000);
    // The oldest waited longest; one update a batch is cheap enough for the hot path.
    long accepted = report.entries().get(0).acceptedNanos();
    queueTime.update(Math.max(0, report.startNanos() - accepted) / 1_000);
  }

  void deadLetter() {
    deadLetters.inc();
  }

  void skipped() {
    skippedTexts.inc();
  }

  private double paddingRatio() {
    long real = realTokens.getCount();
    return real == 0 ? 1 : (double) paddedTokens.getCount() / real;
  }
}
