package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void allHaveATurnInEachRound() throws Exception {
    List<Turn> turns = List.of(turn("a"), turn("b"), turn("c"));
    Turn.takeAll(turns, 2, line -> {}, (side, failure) -> false);
    assertThat(calls.subList(0, 3)).containsExactlyInAnyOrder("a 0", "b 0", "c 0");
    assertThat(calls.subList(3, 6)).containsExactlyInAnyOrder("a 1", "b 1", "c 1");
    assertThat(turns).allMatch(turn -> turn.rounds().size() == 2);
  }

  @Test
  void aSideThatIsLeftOutHasNoMoreTurnsWithAnyLoad() throws Exception {
    Turn failing = failing("a");
    List<Turn> turns = List.of(failing, turn("a"), turn("b"));
    Turn.takeAll(turns, 3, line -> {}, (side, failure) -> side.equals("a"));
    assertThat(calls).containsOnlyOnce("a 0 fails").contains("b 0", "b 1", "b 2");
    assertThat(calls).doesNotContain("a 1", "a 2");
    assertThat(failing.rounds()).isEmpty();
  }

  @Test
  void aFailureOfWhatMayNotBeLeftOutIsThrown() {
    assertThatThrownBy(
            () ->
                Turn.takeAll(
                    List.of(failing("a")), 1, line -> {}, (side, failure) -> side.equals("b")))
        .hasMessage("Out of memory.");
  }

  private Turn failing(String side) {
    return new Turn(
        side,
        "",
        round -> {
          calls.add(side + " " + round + " fails");
          throw new IllegalStateException("Out of memory.");
        });
  }

  private Turn turn(String name) {
    return new Turn(
        name,
        "",
        round -> {
          calls.add(name + " " + round);
          return Percentiles.of(1, 2, 3);
        });
  }
}
