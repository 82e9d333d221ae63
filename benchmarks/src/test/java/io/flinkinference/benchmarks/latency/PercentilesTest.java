package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void percentilesAreMilliseconds() {
    Percentiles percentiles = upTo(2_000);

    assertThat(percentiles.p50()).isCloseTo(1_000, within(2.0));
    assertThat(percentiles.p90()).isCloseTo(1_800, within(2.0));
    assertThat(percentiles.p99()).isCloseTo(1_980, within(2.0));
    assertThat(percentiles.p999().orElseThrow()).isCloseTo(1_998, within(2.0));
    assertThat(percentiles.max()).isCloseTo(2_000, within(2.0));
  }

  @Test
  void fewLatenciesHaveNoP999() {
    assertThat(upTo(1_999).p999()).isEmpty();
    assertThat(Percentiles.median(List.of(upTo(2_000), upTo(1_999))).p999()).isEmpty();
  }

  @Test
  void roundsAreJoinedByTheMedianOfEachPercentile() {
    Percentiles median =
        Percentiles.median(List.of(of(1, 20, 3, 4, 5), of(10, 2, 30, 40, 50), of(5, 5, 5, 5, 100)));

    assertThat(median).isEqualTo(of(5, 5, 5, 5, 50));
  }

  @Test
  void aRatioComparesRunsOfTheSameRound() {
    List<Percentiles> mine = List.of(p99(234), p99(178), p99(138));
    List<Percentiles> theirs = List.of(p99(184), p99(142), p99(205));

    assertThat(Percentiles.ratio(mine, theirs, Percentiles::p99)).isEqualTo(178.0 / 142);
  }

  private static Percentiles upTo(int millis) {
    return Percentiles.of(LongStream.rangeClosed(1, millis).map(i -> i * 1_000_000).toArray());
  }

  private static Percentiles p99(double p99) {
    return of(0, 0, p99, 0, 0);
  }

  private static Percentiles of(double p50, double p90, double p99, double p999, double max) {
    return new Percentiles(p50, p90, p99, OptionalDouble.of(p999), max);
  }
}
