package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.measure.Rounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * One of those that are timed in turns, once in each round.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Turn {

  private final String side;
  private final String load;
  private final Run run;
  private final List<Percentiles> rounds = new ArrayList<>();

  /**
   * @param side its name
   * @param load in words, behind the name
   */
  Turn(String side, String load, Run run) {
    this.side = side;
    this.load = load;
    this.run = run;
  }

  /**
   * Lets all have a turn in each round, in an order of its own. A side that fails may be left out:
   * then it has no more turns, with any load.
   *
   * @param leaveOut is asked whether a side that failed is left out; if not, its failure is thrown
   */
  static void takeAll(
      List<Turn> turns,
      int rounds,
      Consumer<String> progress,
      BiPredicate<String, Exception> leaveOut)
      throws Exception {
    Set<String> leftOut = new HashSet<>();
    for (int round = 0; round < rounds; round++) {
      for (Turn turn : Rounds.order(turns, round)) {
        if (leftOut.contains(turn.side)) {
          continue;
        }
        try {
          Percentiles latencies = turn.run.of(round);
          turn.rounds.add(latencies);
          progress.accept(
              "  round %d: %s%s p50 %.1f ms, p99 %.1f ms"
                  .formatted(round + 1, turn.side, turn.load, latencies.p50(), latencies.p99()));
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          if (!leaveOut.test(turn.side, e)) {
            throw e;
          }
          leftOut.add(turn.side);
        }
      }
    }
  }

  /** What each round gave. */
  List<Percentiles> rounds() {
    return rounds;
  }

  /** What is timed. */
  interface Run {

    Percentiles of(int round) throws Exception;
  }
}
