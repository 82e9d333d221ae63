package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A value of shape [rows, tokens, heads * size] that was split into heads, and maybe scaled.
 *
 * @param source name of the value before
 * @param split name of it in four dimensions
 * @param scale by which it was multiplied
 */
record Heads(String source, String split, double scale) {

  private static final long[] HEADS_FIRST = {0, 2, 1, 3};
  private static final long[] HEADS_FIRST_TURNED = {0, 2, 3, 1};
  private static final long[] TURNED = {0, 1, 3, 2};

  /** What became a value of shape [rows, heads, tokens, size]. */
  static Optional<Heads> at(Graph graph, Observation observation, String value) {
    return transposed(graph, observation, value, HEADS_FIRST);
  }

  /** What became a value of shape [rows, heads, size, tokens]. */
  static Optional<Heads> turnedAt(Graph graph, Observation observation, String value) {
    Optional<Heads> direct = transposed(graph, observation, value, HEADS_FIRST_TURNED);
    if (direct.isPresent()) {
      return direct;
    }
    Scaled scaled = Scaled.at(graph, observation, value);
    return graph
        .producer(scaled.value())
        .filter(node -> isTranspose(node, TURNED))
        .flatMap(node -> at(graph, observation, node.input(0)))
        .map(heads -> new Heads(heads.source(), heads.split(), heads.scale() * scaled.factor()));
  }

  private static Optional<Heads> transposed(
      Graph graph, Observation observation, String value, long[] order) {
    Scaled scaled = Scaled.at(graph, observation, value);
    return graph
        .producer(scaled.value())
        .filter(node -> isTranspose(node, order))
        .flatMap(node -> graph.producer(node.input(0)))
        .filter(node -> node.is("Reshape"))
        .map(node -> new Heads(node.input(0), node.output(), scaled.factor()));
  }

  /** The value of shape [rows, tokens, heads * size] that is made from one with heads apart. */
  static Optional<String> joinedFrom(Graph graph, String value) {
    return only(graph, value)
        .filter(node -> isTranspose(node, HEADS_FIRST))
        .flatMap(node -> only(graph, node.output()))
        .filter(node -> node.is("Reshape"))
        .map(Node::output);
  }

  private static Optional<Node> only(Graph graph, String value) {
    List<Node> readers = graph.consumers(value).stream().filter(node -> !node.is("Shape")).toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private static boolean isTranspose(Node node, long[] order) {
    return node.is("Transpose")
        && node.numbers("perm").filter(perm -> Arrays.equals(perm, order)).isPresent();
  }
}
