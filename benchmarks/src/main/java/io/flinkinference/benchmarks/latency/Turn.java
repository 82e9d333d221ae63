package io.flinkinference.benchmarks.latency;

import io.flinkinference.benchmarks.measure.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One of those that are timed in turns, once in each round.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Turn {

  private final String name;
  private final Run run;
  private final List<Percentiles> rounds = new ArrayList<>();

  Turn(String name, Run run) {
    this.name = name;
    this.run = run;
  }

  /** Lets all have a turn in each round, in an order of its own. */
  static void takeAll(List<Turn> turns, int rounds, Consumer<String> progress) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Turn turn : Rounds.order(turns, round)) {
        Percentiles latencies = turn.run.of(round);
        turn.rounds.add(latencies);
        progress.accept(
            "  round %d: %s p50 %.1f ms, p99 %.1f ms"
                .formatted(round + 1, turn.name, latencies.p50(), latencies.p99()));
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
