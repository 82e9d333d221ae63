package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void arrivalsKeepTheMeanRate() {
    long[] arrivals = Arrivals.poisson(0, 500, Duration.ofSeconds(20));

    assertThat(arrivals).hasSize(10_000).isSorted();
    assertThat(arrivals[arrivals.length - 1] / 1e9).isCloseTo(20, within(1.0));
  }

  @Test
  void arrivalsAreIndependentOfEachOther() {
    long[] arrivals = Arrivals.poisson(0, 1_000, Duration.ofSeconds(10));
    int shorter = 0;
    for (int i = 1; i < arrivals.length; i++) {
      shorter += arrivals[i] - arrivals[i - 1] < 1_000_000 ? 1 : 0;
    }

    // Of exponential gaps, 1 - 1/e are shorter than the mean.
    assertThat((double) shorter / arrivals.length).isCloseTo(0.632, within(0.02));
  }

  @Test
  void sameLoadHasTheSameArrivals() {
    assertThat(Arrivals.poisson(0, 10, Duration.ofSeconds(5)))
        .isEqualTo(Arrivals.poisson(0, 10, Duration.ofSeconds(5)))
        .isNotEqualTo(Arrivals.poisson(1, 10, Duration.ofSeconds(5)));
  }

  @Test
  void noRateIsRefused() {
    assertThatThrownBy(() -> Arrivals.poisson(0, 0, Duration.ofSeconds(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
