package io.flinkinference.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void eachRoundRunsEachSideOnceAndBeginsWithAnother() throws Exception {
    run(3, side("a", 1, 1, 1), side("b", 1, 1, 1), side("c", 1, 1, 1));
    for (int round = 0; round < 3; round++) {
      List<String> sides = calls.subList(3 * round, 3 * round + 3);
      assertThat(sides).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(sides.get(0)).isEqualTo(List.of("a", "b", "c").get(round));
    }
  }

  @Test
  void noSideAlwaysRunsAfterTheSameOne() throws Exception {
    run(4, Stream.of("a", "b", "c", "d", "e").map(n -> side(n, 1, 1, 1, 1)).toList());
    for (String side : List.of("a", "b", "c", "d", "e")) {
      assertThat(
              IntStream.range(1, calls.size())
                  .filter(i -> calls.get(i).equals(side))
                  .mapToObj(i -> calls.get(i - 1))
                  .distinct())
          .as("before " + side)
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void aRatioComparesRunsOfTheSameRound() throws Exception {
    // The machine slows down from round to round; the sides do not change places.
    Outcome outcome = run(3, side("fast", 400, 200, 100), side("slow", 200, 100, 50));
    assertThat(outcome.ratio("fast", "slow")).isEqualTo(2, within(1e-9));
    assertThat(outcome.recordsPerSecond("fast")).isEqualTo(200, within(1e-9));
  }

  @Test
  void oneRunThatWasDisturbedDoesNotCount() throws Exception {
    Outcome outcome = run(3, side("a", 100, 3, 100), side("b", 50, 50, 50));
    assertThat(outcome.recordsPerSecond("a")).isEqualTo(100, within(1e-9));
    assertThat(outcome.ratio("a", "b")).isEqualTo(2, within(1e-9));
  }

  @Test
  void theFastestInTheMedianStandsForSeveralSides() throws Exception {
    Outcome all = run(3, side("a", 7, 7, 7), side("b 1", 90, 2, 2), side("b 2", 3, 4, 5));
    Outcome outcome = all.withFastest(List.of("b 1", "b 2"), "b");
    assertThat(outcome.names()).containsExactly("a", "b");
    assertThat(outcome.samples("b")).isEqualTo(all.samples("b 2"));
  }

  @Test
  void theTableHasARowForEachSideInTheirOrder() throws Exception {
    Outcome outcome = run(1, side("b", 100), side("a", 50));
    assertThat(outcome.table("b").rows()).extracting(row -> row.get(0)).containsExactly("b", "a");
    assertThat(outcome.table("b").rows().get(1)).endsWith(0.5, 0.5, 0.5);
  }

  @Test
  void theTableHasTheLeastAndTheGreatestRatioOfTheRounds() throws Exception {
    Outcome outcome = run(3, side("b", 100, 100, 10), side("a", 50, 20, 9));
    assertThat(outcome.table("b").rows().get(1)).endsWith(0.5, 0.2, 0.9);
  }

  @Test
  void aSideThatFailsIsLeftOutAndTheOthersGoOn() throws Exception {
    List<String> failures = new ArrayList<>();
    Outcome outcome =
        Rounds.run(
            List.of(side("a", 1, 2, 3), failingAfter(1, "b"), side("c", 1, 1, 1)),
            3,
            line -> {},
            (name, failure) -> failures.add(name + ": " + failure.getMessage()));

    assertThat(outcome.names()).containsExactly("a", "c");
    assertThat(outcome.samples("a")).hasSize(3);
    assertThat(failures).containsExactly("b: No more.");
  }

  @Test
  void theFailureOfASideThatHasToRunIsThrown() {
    assertThatThrownBy(() -> run(2, side("a", 1, 1), failingAfter(1, "b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No more.");
  }

  @Test
  void twoSidesOfOneNameAreRefused() {
    assertThatThrownBy(() -> run(1, side("a", 1), side("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
  }

  private static Outcome run(int rounds, Contender... sides) throws Exception {
    return run(rounds, List.of(sides));
  }

  private static Outcome run(int rounds, List<Contender> sides) throws Exception {
    return Rounds.run(sides, rounds, line -> {});
  }

  private static Contender failingAfter(int rounds, String name) {
    AtomicInteger left = new AtomicInteger(rounds);
    return Contender.of(
        name,
        () -> {
          if (left.getAndDecrement() == 0) {
            throw new IllegalStateException("No more.");
          }
          return new Sample(1, 0, 1_000_000_000, 0);
        });
  }

  /** A side with records a second of each round. */
  private Contender side(String name, Integer... rates) {
    Iterator<Integer> next = Arrays.asList(rates).iterator();
    return Contender.of(
        name,
        () -> {
          calls.add(name);
          return new Sample(next.next(), 0, 1_000_000_000, 0);
        });
  }
}
