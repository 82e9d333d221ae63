package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Shape;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.benchmarks.peers.Product;
import java.util.Comparator;
import java.util.List;

/**
 * What was measured with texts of one kind.
 *
 * @param name of the kind
 * @param tokens of a text in the mean
 * @param outcome of all sides
 * @param limitShape in which the bare engine did best
 * @param peers names of the sides that are peers
 * @param padding padded tokens by real ones, with the project
 */
record Measured(
    String name,
    double tokens,
    Outcome outcome,
    Shape limitShape,
    List<String> peers,
    double padding) {

  Measured {
    peers = List.copyOf(peers);
  }

  double product() {
    return outcome.recordsPerSecond(Product.NAME);
  }

  double limit() {
    return outcome.recordsPerSecond(Limit.NAME);
  }

  double ratioToLimit() {
    return outcome.ratio(Product.NAME, Limit.NAME);
  }

  String bestPeer() {
    return peers.stream().max(Comparator.comparingDouble(outcome::recordsPerSecond)).orElseThrow();
  }

  double ratioToBestPeer() {
    return outcome.ratio(Product.NAME, bestPeer());
  }
}
