package io.flinkinference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenBudgetPolicyTest {

  @Test
  void takesTheOldestAloneWhenItIsLongerThanTheBudget() {
    assertThat(choose(100, 300, 10, 20)).containsExactly(0);
  }

  @Test
  void takesRowsOfLikeLength() {
    assertThat(choose(512, 20, 200, 21, 5, 20, 180, 19)).containsExactly(0, 2, 4, 6);
  }

  @Test
  void fillsBatchesAlsoWhereAMeasurementSaysThatARunCostsNothing() {
    TokenBudgetPolicy policy = new TokenBudgetPolicy(new RunCost(0, 1));
    assertThat(WaitingTexts.choose(policy, 512, 20, 20, 20, 20)).hasSize(4);
  }

  @Test
  void prefersOlderRowsAmongEquals() {
    assertThat(choose(30, 10, 10, 10, 10, 10)).containsExactly(0, 1, 2);
  }

  @Test
  void choosesAsWellAsTryingEveryNeighbourhood() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      int budget = 1 + random.nextInt(600);
      int[] lengths = random.ints(1 + random.nextInt(60), 1, 1 + random.nextInt(300) + 1).toArray();
      int[] chosen = choose(budget, lengths);

      assertThat(chosen[0]).as("the oldest is in").isZero();
      assertThat(chosen).isSorted().doesNotHaveDuplicates();
      if (chosen.length > 1) {
        assertThat(chosen.length * width(lengths, chosen)).isLessThanOrEqualTo(budget);
      }
      assertThat(useful(lengths, chosen, ShapeRounding.EXACT))
          .as("budget %d of %s", budget, Arrays.toString(lengths))
          .isCloseTo(bestUseful(lengths, budget, ShapeRounding.EXACT), within(1e-12));
    }
  }

  /** Some budgets are those of a device with large batches, and many rows have the same length. */
  @ParameterizedTest
  @MethodSource("roundings")
  void choosesAsWellAmongManyRows(ShapeRounding rounding) {
    TokenBudgetPolicy policy = new TokenBudgetPolicy(RunCost.TYPICAL, rounding);
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(80);
      int[] lengths = random.ints(count, 5, 5 + 1 + random.nextInt(30)).toArray();
      int budget = 1 + random.nextInt(2_000);
      int[] chosen = WaitingTexts.choose(policy, budget, lengths);
      assertThat(useful(lengths, chosen, rounding))
          .as("budget %d of %s", budget, Arrays.toString(lengths))
          .isCloseTo(bestUseful(lengths, budget, rounding), within(1e-12));
    }
  }

  static List<ShapeRounding> roundings() {
    return List.of(ShapeRounding.EXACT, ShapeRounding.few(256));
  }

  @Test
  void takesNoRowThatDoublesTheRun() {
    TokenBudgetPolicy policy = new TokenBudgetPolicy(RunCost.TYPICAL, ShapeRounding.few(256));
    assertThat(WaitingTexts.choose(policy, 512, 20, 20, 20, 20, 20)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void takesTheLongestRowsThatCostNoMoreWhereWidthsAreRounded() {
    TokenBudgetPolicy policy =
        new TokenBudgetPolicy(RunCost.TYPICAL, ShapeRounding.few(Integer.MAX_VALUE));
    int[] lengths = {20, 17, 30, 21, 31, 40};
    assertThat(WaitingTexts.choose(policy, 100, lengths)).containsExactly(0, 3);
    assertThat(WaitingTexts.choose(policy, 128, lengths)).containsExactly(0, 2, 3, 4);
  }

  @Test
  void noRecordWaitsForMoreBatchesThanRecordsStoodBeforeIt() {
    Random random = new Random(11);
    TokenBudgetPolicy policy = new TokenBudgetPolicy(RunCost.TYPICAL);
    List<Integer> waiting = new ArrayList<>();
    List<Integer> arrived = new ArrayList<>();
    random.ints(200, 1, 300).forEach(waiting::add);
    IntStream.range(0, 200).forEach(arrived::add);
    int batches = 0;
    while (!waiting.isEmpty()) {
      int[] lengths = waiting.stream().mapToInt(Integer::intValue).toArray();
      int[] chosen = WaitingTexts.choose(policy, 256, lengths);
      for (int i = chosen.length - 1; i >= 0; i--) {
        waiting.remove(chosen[i]);
        assertThat(arrived.remove(chosen[i])).isGreaterThanOrEqualTo(batches);
      }
      batches++;
    }
    assertThat(batches).as("of several rows").isLessThan(150);
  }

  @Test
  void wastesLittleOnAMixedStream() {
    Random random = new Random(3);
    TokenBudgetPolicy policy = new TokenBudgetPolicy(RunCost.TYPICAL);
    int[] lengths = new int[256];
    Arrays.setAll(lengths, i -> draw(random));
    long real = 0;
    long padded = 0;
    for (int batch = 0; batch < 500; batch++) {
      int[] taken = WaitingTexts.choose(policy, 512, lengths);
      int rows = taken.length;
      real += IntStream.of(taken).map(i -> lengths[i]).sum();
      padded += (long) rows * width(lengths, taken);
      // What was taken makes room for as many new records.
      int kept = 0;
      for (int i = 0, next = 0; i < lengths.length; i++) {
        if (next < rows && taken[next] == i) {
          next++;
        } else {
          lengths[kept++] = lengths[i];
        }
      }
      while (kept < lengths.length) {
        lengths[kept++] = draw(random);
      }
    }
    assertThat((double) padded / real).isLessThan(1.12);
  }

  private static int draw(Random random) {
    return Math.max(3, Math.min(256, (int) Math.exp(3.1 + random.nextGaussian() * 0.9)));
  }

  private static int[] choose(int budget, int... lengths) {
    return WaitingTexts.choose(new TokenBudgetPolicy(RunCost.TYPICAL), budget, lengths);
  }

  private static int width(int[] lengths, int[] chosen) {
    return IntStream.of(chosen).map(i -> lengths[i]).max().orElseThrow();
  }

  private static double useful(int[] lengths, int[] chosen, ShapeRounding rounding) {
    int tokens = IntStream.of(chosen).map(i -> lengths[i]).sum();
    return tokens / cost(chosen.length, width(lengths, chosen), rounding);
  }

  private static double cost(int rows, int width, ShapeRounding rounding) {
    return RunCost.TYPICAL.runInTokens() + rounding.rows(rows) * rounding.width(width);
  }

  /** The naive model: all neighbourhoods by length that hold the oldest and fit. */
  private static double bestUseful(int[] lengths, int budget, ShapeRounding rounding) {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    // Among equals the oldest stands first.
    int oldest = (int) Arrays.stream(lengths).filter(length -> length < lengths[0]).count();
    double best = 0;
    for (int from = 0; from < sorted.length; from++) {
      for (int to = from; to < sorted.length; to++) {
        int rows = to - from + 1;
        boolean holdsOldest = from <= oldest && oldest <= to;
        boolean fits = rounding.rows(rows) * rounding.width(sorted[to]) <= budget;
        if (holdsOldest && (rows == 1 || fits)) {
          int tokens = Arrays.stream(sorted, from, to + 1).sum();
          best = Math.max(best, tokens / cost(rows, sorted[to], rounding));
        }
      }
    }
    return best;
  }
}
