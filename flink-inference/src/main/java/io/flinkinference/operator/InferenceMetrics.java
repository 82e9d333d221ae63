package io.flinkinference.operator;

import io.flinkinference.batch.Entry;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.RunCounts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The figures of one subtask, under the group {@code model} of the model's name; docs/metrics.md
 * says what they mean. Written by the mailbox thread. Times are in microseconds.
 */
final class InferenceMetrics {

  /** Enough for a stable p99, and little memory. */
  private static final int WINDOW = 2_000;

  private final Counter batches;
  private final Counter batchRows;
  private final Counter runs;
  private final Counter realTokens;
  private final Counter paddedTokens;
  private final Counter engineBusyTime;
  private final Counter retries;
  private final Counter halvings;
  private final Counter timeouts;
  private final Counter memoryFailures;
  private final Counter deadLetters;
  private final Map<DeadLetterReason, Counter> deadLettersByReason;
  private final Counter cacheHits;
  private final Counter singleFlightHits;
  private final Histogram rows;
  private final Counter skippedTexts;
  private final Counter windowedTexts;
  private final Counter windows;
  private final Histogram queueTime;
  private final Histogram engineTime;
  private final Histogram operatorTime;

  InferenceMetrics(MetricGroup operator, ModelStamp stamp, Observed observed) {
    MetricGroup group = operator.addGroup("model", stamp.name());
    batches = group.counter("batches");
    batchRows = group.counter("batchRows");
    runs = group.counter("engineRuns");
    realTokens = group.counter("realTokens");
    paddedTokens = group.counter("paddedTokens");
    engineBusyTime = group.counter("engineBusyTime");
    retries = group.counter("retries");
    halvings = group.counter("halvings");
    timeouts = group.counter("engineTimeouts");
    memoryFailures = group.counter("engineOutOfMemory");
    deadLetters = group.counter("deadLetters");
    deadLettersByReason = byReason(group);
    cacheHits = group.counter("cacheHits");
    singleFlightHits = group.counter("singleFlightHits");
    rows = group.histogram("rowsPerBatch", new DescriptiveStatisticsHistogram(WINDOW));
    skippedTexts = group.counter("skippedTexts");
    windowedTexts = group.counter("windowedTexts");
    windows = group.counter("windows");
    queueTime = group.histogram("queueTime", new DescriptiveStatisticsHistogram(WINDOW));
    engineTime = group.histogram("engineTime", new DescriptiveStatisticsHistogram(WINDOW));
    operatorTime = group.histogram("operatorTime", new DescriptiveStatisticsHistogram(WINDOW));
    group.gauge("paddingRatio", (Gauge<Double>) this::paddingRatio);
    observe(group, observed);
    modelInfo(group, stamp);
  }

  private static Map<DeadLetterReason, Counter> byReason(MetricGroup group) {
    Map<DeadLetterReason, Counter> counters = new EnumMap<>(DeadLetterReason.class);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      String label = reason.name().toLowerCase(Locale.ROOT);
      counters.put(reason, group.addGroup("reason", label).counter("deadLettersByReason"));
    }
    return counters;
  }

  /** A gauge that is always 1; what it tells stands in its labels. */
  private static void modelInfo(MetricGroup group, ModelStamp stamp) {
    group
        .addGroup("sha256", stamp.sha256())
        .addGroup("precision", stamp.precision())
        .addGroup("device", stamp.device())
        .addGroup("batchInvariant", Boolean.toString(stamp.batchInvariant()))
        .gauge("modelInfo", (Gauge<Integer>) () -> 1);
  }

  /** What is read from others when a reporter asks, by whatever thread it asks. */
  private static void observe(MetricGroup group, Observed observed) {
    group.gauge("inFlight", (Gauge<Integer>) observed.capacity()::elements);
    group.gauge("tokensInFlight", (Gauge<Integer>) observed.capacity()::tokens);
    group.gauge("tokenBudget", (Gauge<Integer>) observed.budget()::tokens);
    group.gauge("permits", (Gauge<Integer>) observed.executor()::concurrency);
    group.gauge("permitsInUse", (Gauge<Integer>) observed.executor()::busy);
    group.gauge("warmUpTime", (Gauge<Long>) () -> observed.warmUpNanos() / 1_000);
  }

  /**
   * What the gauges look at.
   *
   * @param warmUpNanos how long the warm-up took
   */
  record Observed(
      Capacity capacity, TokenBudget budget, EngineExecutor executor, long warmUpNanos) {}

  void batchDone(BatchReport<? extends Entry<?>> report) {
    RunCounts counts = report.counts();
    batches.inc();
    runs.inc(counts.runs());
    realTokens.inc(counts.realTokens());
    paddedTokens.inc(counts.paddedTokens());
    retries.inc(counts.retried());
    halvings.inc(counts.halvings());
    timeouts.inc(counts.timeouts());
    memoryFailures.inc(counts.memoryFailures());
    engineBusyTime.inc(report.engineNanos() / 1_000);
    engineTime.update(report.engineNanos() / 1_000);
    if (counts.rows() > 0) {
      batchRows.inc(counts.rows());
      rows.update(counts.rows());
      // The oldest waited longest; one update a batch is cheap enough for the hot path.
      long accepted = report.entries().get(0).acceptedNanos();
      queueTime.update(Math.max(0, report.startNanos() - accepted) / 1_000);
    }
  }

  void answered(EqualTexts.Answer answer) {
    if (answer == EqualTexts.Answer.CACHED) {
      cacheHits.inc();
    } else if (answer == EqualTexts.Answer.FOLLOWS) {
      singleFlightHits.inc();
    }
  }

  /** A record left. */
  void emitted(InFlightRecord<?, ?> record, long nowNanos) {
    operatorTime.update((nowNanos - record.acceptedNanos()) / 1_000);
    if (record.failure() != null) {
      deadLetters.inc();
      deadLettersByReason.get(record.failure().reason()).inc();
    }
  }

  /** A text is scored in windows. */
  void windowed(int count) {
    windowedTexts.inc();
    windows.inc(count);
  }

  void skipped() {
    skippedTexts.inc();
  }

  private double paddingRatio() {
    long real = realTokens.getCount();
    return real == 0 ? 1 : (double) paddedTokens.getCount() / real;
  }
}
