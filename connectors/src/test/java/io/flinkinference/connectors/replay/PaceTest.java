package io.flinkinference.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void waitsUntilTheAverageIsWithinTheLimit() {
    Pace pace = new Pace(100, 7 * SECOND);
    assertThat(pace.waitNanos(100, 7 * SECOND)).isEqualTo(SECOND);
    assertThat(pace.waitNanos(300, 9 * SECOND)).isEqualTo(SECOND);
    assertThat(pace.waitNanos(0, 7 * SECOND)).isZero();
    assertThat(pace.waitNanos(100, 20 * SECOND)).isZero();
  }

  @Test
  void withoutALimitNothingWaits() {
    assertThat(new Pace(Double.POSITIVE_INFINITY, 0).waitNanos(Long.MAX_VALUE, 1)).isZero();
  }
}
