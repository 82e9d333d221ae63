package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.measure.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one load, in milliseconds.
 *
 * @param p50 half of the texts take no longer
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param p999 999 of 1,000
 * @param max the slowest
 */
record Percentiles(double p50, double p90, double p99, double p999, double max) {

  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  static Percentiles of(long... nanos) {
    Histogram histogram = new Histogram(DIGITS);
    for (long each : nanos) {
      histogram.recordValue(Math.max(0, each));
    }
    return new Percentiles(
        histogram.getValueAtPercentile(50) / NANOS_PER_MILLI,
        histogram.getValueAtPercentile(90) / NANOS_PER_MILLI,
        histogram.getValueAtPercentile(99) / NANOS_PER_MILLI,
        histogram.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
        histogram.getMaxValue() / NANOS_PER_MILLI);
  }

  /** The median of each percentile over the rounds. */
  static Percentiles median(List<Percentiles> rounds) {
    return new Percentiles(
        of(rounds, Percentiles::p50),
        of(rounds, Percentiles::p90),
        of(rounds, Percentiles::p99),
        of(rounds, Percentiles::p999),
        of(rounds, Percentiles::max));
  }

  private static double of(List<Percentiles> rounds, ToDoubleFunction<Percentiles> percentile) {
    return Median.of(rounds, percentile);
  }
}
