package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {

  private static final int MANY = 20_000;

  @Test
  void meanRateIsTheOneAskedFor() {
    long[] due = arrivals(200, 1);
    double seconds = (double) due[MANY - 1] / TimeUnit.SECONDS.toNanos(1);
    assertThat(MANY / seconds).isCloseTo(200, within(6.0));
  }

  @Test
  void gapsVaryAsThoseOfIndependentSenders() {
    long[] due = arrivals(1_000, 2);
    double meanGap = (double) due[MANY - 1] / MANY;
    long longer =
        LongStream.range(1, MANY).filter(i -> due[(int) i] - due[(int) i - 1] > meanGap).count();
    // Of a Poisson process, the share of gaps above the mean is 1/e.
    assertThat((double) longer / MANY).isCloseTo(1 / Math.E, within(0.02));
  }

  @Test
  void arrivalsNeverGoBackAndOnlyDependOnTheSeed() {
    assertThat(arrivals(50, 3)).isSorted().isEqualTo(arrivals(50, 3)).isNotEqualTo(arrivals(50, 4));
  }

  @Test
  void rateHasToBePositive() {
    assertThatThrownBy(() -> new Arrivals(0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Arrivals(Double.NaN, 1)).hasMessageContaining("NaN");
  }

  private static long[] arrivals(double perSecond, long seed) {
    Arrivals arrivals = new Arrivals(perSecond, seed);
    return LongStream.generate(arrivals::nextNanos).limit(MANY).toArray();
  }
}
