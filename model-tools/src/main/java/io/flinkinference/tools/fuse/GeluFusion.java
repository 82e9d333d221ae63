package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Makes one {@code Gelu}, or {@code BiasGelu}, of x * 0.5 * (1 + erf(x / sqrt(2))), in whichever
 * order it is multiplied, or of the standard's operator for it.
 *
 * <p>Source of the formula: Hendrycks and Gimpel, Gaussian Error Linear Units, 2016.
 */
final class GeluFusion implements Pass {

  private static final double CLOSE = 1e-5;

  @Override
  public PassReport apply(Graph graph, Observation observation) {
    List<String> missed = new ArrayList<>();
    int made = 0;
    for (Node erf : graph.nodes("Erf")) {
      Scaled argument = Scaled.at(graph, observation, erf.input(0));
      Node last =
          Math.abs(argument.factor() - Math.sqrt(0.5)) < CLOSE
              ? last(graph, observation, erf, argument.value())
              : null;
      if (last == null) {
        missed.add("The error function " + erf.output() + " is not part of a Gelu.");
      } else {
        replace(graph, last, argument.value());
        made++;
      }
    }
    for (Node gelu : graph.nodes("Gelu")) {
      if (gelu.attribute("approximate", "none").equals("none")) {
        replace(graph, gelu, gelu.input(0));
        made++;
      } else {
        missed.add("The Gelu " + gelu.output() + " is of another formula than the error function.");
      }
    }
    for (Node tanh : graph.nodes("Tanh")) {
      if (observation.isOfTokens(tanh.output())) {
        missed.add(
            "The tanh " + tanh.output() + " may be of a Gelu by tanh, which is not looked for.");
      }
    }
    return new PassReport("BiasGelu", made, missed);
  }

  /**
   * The node that ends the Gelu of a value, or null. Follows the Muls behind 1 + erf until both
   * factors, x and one half, are in; they may come in any order, and x may bring the half with it.
   */
  private static Node last(Graph graph, Observation observation, Node erf, String value) {
    Node node = only(graph, erf.output(), "Add");
    if (node == null || !isNumber(observation.number(graph, other(node, erf.output())), 1)) {
      return null;
    }
    double factor = 1;
    boolean multiplied = false;
    while (!multiplied || Math.abs(factor - 0.5) > CLOSE) {
      Node next = only(graph, node.output(), "Mul");
      if (next == null) {
        return null;
      }
      Scaled by = Scaled.at(graph, observation, other(next, node.output()));
      OptionalDouble number = observation.number(graph, other(next, node.output()));
      if (number.isPresent()) {
        factor *= number.getAsDouble();
      } else if (!multiplied && by.value().equals(value)) {
        multiplied = true;
        factor *= by.factor();
      } else {
        return null;
      }
      node = next;
    }
    return node;
  }

  private static boolean isNumber(OptionalDouble number, double wanted) {
    return number.isPresent() && Math.abs(number.getAsDouble() - wanted) < CLOSE;
  }

  private static Node only(Graph graph, String value, String type) {
    return graph.isInner(value)
        ? graph.consumers(value).stream().filter(one -> one.is(type)).findFirst().orElse(null)
        : null;
  }

  private static String other(Node node, String input) {
    return node.input(0).equals(input) ? node.input(1) : node.input(0);
  }

  private static void replace(Graph graph, Node last, String value) {
    graph.remove(List.of(last));
    DeadEnds.remove(graph, value);
    Node sum = graph.producer(value).filter(one -> one.is("Add")).orElse(null);
    Operands biased = sum == null ? null : Operands.withConstant(graph, sum);
    if (biased == null || !graph.consumers(value).isEmpty() || graph.isOutput(value)) {
      graph.add(Node.contrib("Gelu", List.of(value), last.output()));
    } else {
      graph.add(
          Node.contrib("BiasGelu", List.of(biased.other(), biased.constant()), last.output()));
    }
  }
}
