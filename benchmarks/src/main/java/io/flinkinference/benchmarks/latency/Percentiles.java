package io.flinkinference.benchmarks.latency;

import io.flinkinference.tools.measure.Median;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one load, in milliseconds.
 *
 * @param p50 half of the texts take no longer
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param p999 999 of 1,000; none where there are so few that it would be the slowest
 * @param max the slowest
 */
record Percentiles(double p50, double p90, double p99, OptionalDouble p999, double max) {

  /** At least so many latencies have a p99.9. */
  static final int LEAST_FOR_P999 = 2_000;

  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  static Percentiles of(long... nanos) {
    Histogram histogram = new Histogram(DIGITS);
    for (long each : nanos) {
      histogram.recordValue(Math.max(0, each));
    }
    return new Percentiles(
        millis(histogram, 50),
        millis(histogram, 90),
        millis(histogram, 99),
        nanos.length < LEAST_FOR_P999
            ? OptionalDouble.empty()
            : OptionalDouble.of(millis(histogram, 99.9)),
        histogram.getMaxValue() / NANOS_PER_MILLI);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** The median of each percentile over the rounds. */
  static Percentiles median(List<Percentiles> rounds) {
    boolean enough = rounds.stream().allMatch(round -> round.p999.isPresent());
    return new Percentiles(
        Median.of(rounds, Percentiles::p50),
        Median.of(rounds, Percentiles::p90),
        Median.of(rounds, Percentiles::p99),
        enough
            ? OptionalDouble.of(Median.of(rounds, round -> round.p999.orElseThrow()))
            : OptionalDouble.empty(),
        Median.of(rounds, Percentiles::max));
  }

  /**
   * The median of the ratios of the rounds, for the two runs of a round had the most alike
   * conditions.
   */
  static double ratio(
      List<Percentiles> rounds, List<Percentiles> to, ToDoubleFunction<Percentiles> percentile) {
    List<Double> ratios =
        IntStream.range(0, rounds.size())
            .mapToObj(
                i -> percentile.applyAsDouble(rounds.get(i)) / percentile.applyAsDouble(to.get(i)))
            .toList();
    return Median.of(ratios, ratio -> ratio);
  }
}
