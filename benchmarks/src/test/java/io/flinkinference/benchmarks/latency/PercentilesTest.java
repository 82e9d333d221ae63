package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void percentilesAreMilliseconds() {
    Percentiles percentiles =
        Percentiles.of(LongStream.rangeClosed(1, 1_000).map(i -> i * 1_000_000).toArray());

    assertThat(percentiles.p50()).isCloseTo(500, within(1.0));
    assertThat(percentiles.p90()).isCloseTo(900, within(1.0));
    assertThat(percentiles.p99()).isCloseTo(990, within(1.0));
    assertThat(percentiles.p999()).isCloseTo(999, within(1.0));
    assertThat(percentiles.max()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void roundsAreJoinedByTheMedianOfEachPercentile() {
    Percentiles median =
        Percentiles.median(
            List.of(
                new Percentiles(1, 20, 3, 4, 5),
                new Percentiles(10, 2, 30, 40, 50),
                new Percentiles(5, 5, 5, 5, 100)));

    assertThat(median).isEqualTo(new Percentiles(5, 5, 5, 5, 50));
  }
}
