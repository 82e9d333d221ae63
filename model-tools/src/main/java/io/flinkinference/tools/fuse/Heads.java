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
  private static final long[] TURNED_IN_ONE = {0, 2, 1};

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
    return beforeTurn(graph, observation, scaled.value())
        .flatMap(before -> at(graph, observation, before))
        .map(heads -> new Heads(heads.source(), heads.split(), heads.scale() * scaled.factor()));
  }

  /** Of which value, [rows, heads, tokens, size], the last two dimensions were exchanged. */
  private static Optional<String> beforeTurn(Graph graph, Observation observation, String value) {
    Node last = graph.producer(value).orElse(null);
    if (last == null) {
      return Optional.empty();
    }
    if (isTranspose(last, TURNED)) {
      return Optional.of(last.input(0));
    }
    // PyTorch puts rows and heads into one dimension for it, and takes them apart again.
    return Optional.of(last)
        .filter(node -> node.is("Reshape"))
        .flatMap(node -> graph.producer(node.input(0)))
        .filter(node -> isTranspose(node, TURNED_IN_ONE))
        .flatMap(node -> graph.producer(node.input(0)))
        .filter(node -> node.is("Reshape"))
        .map(node -> node.input(0))
        .filter(before -> isTurned(observation, before, value));
  }

  private static boolean isTurned(Observation observation, String before, String after) {
    return observation
        .shape(before)
        .filter(shape -> shape.length == 4)
        .filter(shape -> observation.has(after, shape[0], shape[1], shape[3], shape[2]))
        .isPresent();
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
