package io.flinkinference.tools.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Models side by side.
 *
 * @param candidates the cheapest first
 * @param costs what is assumed
 * @param minAccuracy least accuracy that is good enough, or 0
 * @param maxLatencyMillis most p99 of a text that comes alone; null for any
 */
public record Comparison(
    List<Candidate> candidates, Costs costs, double minAccuracy, Double maxLatencyMillis) {

  public Comparison {
    candidates = List.copyOf(candidates);
  }

  /** Puts measurements in order and marks the front. */
  static Comparison of(
      List<Measurement> measurements, Costs costs, double minAccuracy, Double maxLatencyMillis) {
    List<Candidate> candidates =
        measurements.stream()
            .sorted(
                Comparator.comparingDouble(Measurement::cpuSecondsPer1000)
                    .thenComparing(Measurement::model))
            .map(
                one ->
                    new Candidate(
                        one,
                        costs.wattHours(one),
                        costs.price(one),
                        measurements.stream().noneMatch(other -> beats(other, one))))
            .toList();
    return new Comparison(candidates, costs, minAccuracy, maxLatencyMillis);
  }

  private static boolean beats(Measurement left, Measurement right) {
    return left.accuracy() >= right.accuracy()
        && left.cpuSecondsPer1000() <= right.cpuSecondsPer1000()
        && (left.accuracy() > right.accuracy()
            || left.cpuSecondsPer1000() < right.cpuSecondsPer1000());
  }

  /** The cheapest that is good enough, if one is. */
  public Optional<Candidate> choice() {
    return candidates.stream()
        .filter(one -> one.measured().accuracy() >= minAccuracy)
        .filter(one -> maxLatencyMillis == null || one.measured().p99Millis() <= maxLatencyMillis)
        .findFirst();
  }
}
