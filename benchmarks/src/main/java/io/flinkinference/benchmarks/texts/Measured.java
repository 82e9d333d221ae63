package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Shape;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.peers.Product;
import java.util.List;

/**
 * What was measured with texts of one kind.
 *
 * @param name of the kind
 * @param tokens of a text in the mean
 * @param outcome of all sides but for peers that failed
 * @param limitShape in which the bare engine did best
 * @param peers names of the sides that are peers with what is published
 * @param sameGraph names of peers that run the graph of the project, where the others do not
 * @param padding padded tokens by real ones, with the project
 */
record Measured(
    String name,
    double tokens,
    Outcome outcome,
    Shape limitShape,
    List<String> peers,
    List<String> sameGraph,
    double padding) {

  Measured {
    peers = List.copyOf(peers);
    sameGraph = List.copyOf(sameGraph);
  }

  /** Whether a side ran in all rounds. */
  boolean has(String side) {
    return outcome.names().contains(side);
  }

  double product() {
    return outcome.recordsPerSecond(Product.NAME);
  }

  double limit() {
    return outcome.recordsPerSecond(Limit.NAME);
  }

  double ratioToLimit() {
    return ratioTo(Limit.NAME);
  }

  double ratioToBestPeer() {
    return ratioToBest(peers);
  }

  /** Asked only where there are such peers. */
  double ratioToBestOnSameGraph() {
    return ratioToBest(sameGraph);
  }

  /** Asked only where that side ran. */
  double ratioTo(String side) {
    return outcome.ratio(Product.NAME, side);
  }

  private double ratioToBest(List<String> sides) {
    return sides.stream()
        .filter(this::has)
        .mapToDouble(this::ratioTo)
        .min()
        .orElseThrow(
            () -> new IllegalStateException("With texts " + name + " none of " + sides + " ran."));
  }
}
