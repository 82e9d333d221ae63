package io.flinkinference.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void allHaveATurnInEachRound() throws Exception {
    List<Turn> turns = List.of(turn("a"), turn("b"), turn("c"));
    Turn.takeAll(turns, 2, line -> {});
    assertThat(calls.subList(0, 3)).containsExactlyInAnyOrder("a 0", "b 0", "c 0");
    assertThat(calls.subList(3, 6)).containsExactlyInAnyOrder("a 1", "b 1", "c 1");
    assertThat(turns).allMatch(turn -> turn.rounds().size() == 2);
  }

  private Turn turn(String name) {
    return new Turn(
        name,
        round -> {
          calls.add(name + " " + round);
          return Percentiles.of(1, 2, 3);
        });
  }
}
