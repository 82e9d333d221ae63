package io.flinkinference.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhasesTest {

  @Test
  void oneInFiveIsPaced() {
    assertThat(Phases.of(5_000)).isEqualTo(new Phases(4_000, 1_000));
    assertThat(Phases.of(5_000).isFlatOut(3_999)).isTrue();
    assertThat(Phases.of(5_000).isFlatOut(4_000)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 9, 10, 11, 99})
  void bothPhasesHaveATextAndNoneIsLost(int records) {
    Phases phases = Phases.of(records);
    assertThat(phases.flatOut()).isPositive();
    assertThat(phases.paced()).isPositive();
    assertThat(phases.records()).isEqualTo(records);
  }

  @Test
  void oneTextIsTooFew() {
    assertThatThrownBy(() -> Phases.of(1)).hasMessageContaining("two texts at least");
  }
}
