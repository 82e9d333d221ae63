package io.flinkinference.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SampleTest {

  @Test
  void ratesAreOfWallTimeAndCostsOfProcessorTime() {
    Sample sample = new Sample(500, 20_000, 2_000_000_000L, 3_000_000_000L);
    assertThat(sample.recordsPerSecond()).isEqualTo(250, within(1e-9));
    assertThat(sample.tokensPerSecond()).isEqualTo(10_000, within(1e-9));
    assertThat(sample.cpuSecondsPerThousand()).isEqualTo(6, within(1e-9));
  }

  @Test
  void nothingDoneIsNoSample() {
    assertThatThrownBy(() -> new Sample(0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
