package io.flinkinference.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {

  @Test
  void smallDifferencesAgree() {
    Agreement agreement =
        Agreement.of(new float[][] {{1, 0}, {0, 1}}, new float[][] {{1, 0.0005f}, {0, 1}});

    assertThat(agreement.complete()).isTrue();
    assertThat(agreement.texts()).isEqualTo(2);
    assertThat(agreement.mostDifference()).isCloseTo(0.0005, within(1e-6));
  }

  @Test
  void oneTextBeyondTheToleranceIsCounted() {
    Agreement agreement =
        Agreement.of(new float[][] {{1, 0}, {0, 1}}, new float[][] {{1, 0}, {1, 0}});

    assertThat(agreement.beyond()).isEqualTo(1);
    assertThat(agreement.complete()).isFalse();
    assertThat(agreement.leastCosine()).isZero();
  }

  @Test
  void noNumbersDoNotAgree() {
    assertThat(Agreement.of(new float[][] {{1}}, new float[][] {{Float.NaN}}).beyond())
        .isEqualTo(1);
  }

  @Test
  void vectorsOfOtherSizeDoNotAgree() {
    assertThat(Agreement.of(new float[][] {{1}}, new float[][] {{1, 0}}).beyond()).isEqualTo(1);
  }
}
