package io.flinkinference.benchmarks.latency;

import java.util.List;
import java.util.Optional;

/**
 * A side under a load.
 *
 * @param side its name
 * @param load in percent of the capacity that the loads go by
 * @param perSecond texts that arrive in a second
 * @param capacity texts in a second that this side can do
 * @param rounds none where the load is far beyond what the side can do: there, the figures would
 *     only tell how long the run was
 */
record Point(String side, int load, double perSecond, double capacity, List<Percentiles> rounds) {

  Point {
    rounds = List.copyOf(rounds);
  }

  /** Medians of the rounds. */
  Optional<Percentiles> latencies() {
    return rounds.isEmpty() ? Optional.empty() : Optional.of(Percentiles.median(rounds));
  }
}
