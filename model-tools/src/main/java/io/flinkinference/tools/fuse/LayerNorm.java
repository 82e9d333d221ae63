package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A layer normalisation over the last dimension: one node, or the nine that opsets before 17 have.
 *
 * @param input name of what is normalised
 * @param scale name of the weights
 * @param bias name of the bias; empty where there is none
 * @param epsilon added to the variance
 * @param inner its nodes that read the input
 */
record LayerNorm(String input, String scale, String bias, float epsilon, Set<Node> inner) {

  /** The normalisation whose result a node writes. */
  static Optional<LayerNorm> at(Graph graph, Observation observation, Node node) {
    if (node.is("LayerNormalization")) {
      return isOverLast(observation, node) && isAlone(graph, node)
          ? Optional.of(
              new LayerNorm(
                  node.input(0),
                  node.input(1),
                  node.input(2),
                  node.attribute("epsilon", 1e-5f),
                  Set.of(node)))
          : Optional.empty();
    }
    return node.is("Add") ? apart(graph, observation, node) : Optional.empty();
  }

  private static boolean isOverLast(Observation observation, Node node) {
    long axis = node.attribute("axis", -1L);
    return axis == -1
        || observation.shape(node.input(0)).filter(shape -> axis == shape.length - 1).isPresent();
  }

  /** Whether nobody reads the mean and the deviation, which the operator gives for training. */
  private static boolean isAlone(Graph graph, Node node) {
    return node.outputs().stream()
        .skip(1)
        .filter(one -> !one.isEmpty())
        .allMatch(one -> graph.consumers(one).isEmpty() && !graph.isOutput(one));
  }

  /** Add(Mul(Div(Sub(x, mean), Sqrt(Add(variance, epsilon))), scale), bias). */
  private static Optional<LayerNorm> apart(Graph graph, Observation observation, Node add) {
    Operands scaled = Operands.withConstant(graph, add);
    Node mul = scaled == null ? null : graph.producer(scaled.other()).orElse(null);
    Operands divided = mul != null && mul.is("Mul") ? Operands.withConstant(graph, mul) : null;
    Node div = divided == null ? null : graph.producer(divided.other()).orElse(null);
    if (div == null || !div.is("Div")) {
      return Optional.empty();
    }
    Node centred = graph.producer(div.input(0)).filter(one -> one.is("Sub")).orElse(null);
    Node root = graph.producer(div.input(1)).filter(one -> one.is("Sqrt")).orElse(null);
    Node sum = root == null ? null : graph.producer(root.input(0)).orElse(null);
    if (centred == null || sum == null || !sum.is("Add")) {
      return Optional.empty();
    }
    String input = centred.input(0);
    OptionalDouble epsilon = observation.number(graph, sum.input(1));
    if (epsilon.isEmpty()
        || !isMean(graph, observation, centred.input(1), input)
        || !isVariance(graph, observation, sum.input(0), input)) {
      return Optional.empty();
    }
    Set<Node> inner = new HashSet<>();
    for (Node reader : graph.consumers(input)) {
      if (isMean(graph, observation, reader.output(), input)
          || (reader.is("Sub") && isMean(graph, observation, reader.input(1), input))) {
        inner.add(reader);
      }
    }
    return Optional.of(
        new LayerNorm(
            input, divided.constant(), scaled.constant(), (float) epsilon.getAsDouble(), inner));
  }

  private static boolean isMean(Graph graph, Observation observation, String value, String of) {
    return graph
        .producer(value)
        .filter(node -> node.is("ReduceMean") && node.input(0).equals(of))
        .filter(node -> isOfLast(observation, value, of))
        .isPresent();
  }

  /** Opsets have the axes in different places; what comes out tells them all. */
  private static boolean isOfLast(Observation observation, String mean, String of) {
    long[] shape = observation.shape(of).map(long[]::clone).orElse(new long[1]);
    shape[shape.length - 1] = 1;
    return observation.has(mean, shape);
  }

  private static boolean isVariance(
      Graph graph, Observation observation, String value, String input) {
    Node mean = graph.producer(value).filter(one -> one.is("ReduceMean")).orElse(null);
    Node square = mean == null ? null : graph.producer(mean.input(0)).orElse(null);
    return square != null
        && isMean(graph, observation, value, square.output())
        && isSquare(graph, observation, square)
        && graph
            .producer(square.input(0))
            .filter(one -> one.is("Sub") && one.input(0).equals(input))
            .isPresent();
  }

  /** An exponent may be a whole number. */
  private static boolean isTwo(Graph graph, Observation observation, String value) {
    OptionalDouble number = observation.number(graph, value);
    return number.isPresent()
        ? number.getAsDouble() == 2
        : graph
            .constant(value)
            .filter(one -> one.count() == 1 && one.type() == ElementType.INT64)
            .filter(one -> one.data().asLongBuffer().get(0) == 2)
            .isPresent();
  }

  private static boolean isSquare(Graph graph, Observation observation, Node node) {
    return (node.is("Pow") && isTwo(graph, observation, node.input(1)))
        || (node.is("Mul") && node.input(0).equals(node.input(1)));
  }
}
