package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.OptionalDouble;

/**
 * A value and the constant number by which it was multiplied, or divided, maybe several times.
 *
 * @param value name of it before
 * @param factor 1 where it was not multiplied
 */
record Scaled(String value, double factor) {

  static Scaled at(Graph graph, Observation observation, String value) {
    Node node = graph.producer(value).orElse(null);
    if (node == null || !(node.is("Mul") || node.is("Div"))) {
      return new Scaled(value, 1);
    }
    OptionalDouble right = observation.number(graph, node.input(1));
    if (right.isPresent()) {
      double factor = node.is("Mul") ? right.getAsDouble() : 1 / right.getAsDouble();
      return at(graph, observation, node.input(0)).times(factor);
    }
    OptionalDouble left = observation.number(graph, node.input(0));
    if (node.is("Mul") && left.isPresent()) {
      return at(graph, observation, node.input(1)).times(left.getAsDouble());
    }
    return new Scaled(value, 1);
  }

  private Scaled times(double more) {
    return new Scaled(value, factor * more);
  }
}
