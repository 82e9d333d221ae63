package io.flinkinference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortAttemptsTest {

  private final List<int[]> tried = new ArrayList<>();

  @Test
  void otherPortsAreTriedWhereSomebodyTookOne() throws Exception {
    int[] ports = PortAttempts.start(2, found -> takenUntil(3, found));
    assertThat(tried).hasSize(3);
    assertThat(ports).hasSize(2).isSameAs(tried.get(2));
  }

  @Test
  void itIsToldWhereSomebodyTakesThemEachTime() {
    assertThatThrownBy(() -> PortAttempts.start(1, found -> takenUntil(100, found)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in each of 5 attempts")
        .hasMessageContaining("This one is taken.");
    assertThat(tried).hasSize(5);
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    assertThatThrownBy(
            () ->
                PortAttempts.start(
                    1,
                    found -> {
                      tried.add(found);
                      throw new IllegalStateException("It is broken.");
                    }))
        .hasMessage("It is broken.");
    assertThat(tried).hasSize(1);
  }

  private int[] takenUntil(int attempt, int[] ports) {
    tried.add(ports);
    if (tried.size() < attempt) {
      throw new PortTakenException("This one is taken.");
    }
    return ports;
  }
}
