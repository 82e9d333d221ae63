package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;
import java.util.Map;

/** Sums, products and choices, element by element, where a smaller side is broadcast. */
final class Arithmetic {

  static final Map<String, Derivative> ALL =
      Map.of(
          "Add", Arithmetic::sum,
          "Sub", Arithmetic::difference,
          "Mul", Arithmetic::product,
          "Div", Arithmetic::quotient,
          "Where", Arithmetic::choice);

  private Arithmetic() {}

  private static void sum(Node node, String gradient, Backward to) {
    to.giveSummed(node.input(0), gradient, to.shape(node.output()));
    to.giveSummed(node.input(1), gradient, to.shape(node.output()));
  }

  private static void difference(Node node, String gradient, Backward to) {
    to.giveSummed(node.input(0), gradient, to.shape(node.output()));
    if (to.wants(node.input(1))) {
      to.giveSummed(node.input(1), to.op("Neg", gradient), to.shape(node.output()));
    }
  }

  private static void product(Node node, String gradient, Backward to) {
    for (int i = 0; i < 2; i++) {
      if (to.wants(node.input(i))) {
        String part = to.op("Mul", gradient, node.input(1 - i));
        to.giveSummed(node.input(i), part, to.shape(node.output()));
      }
    }
  }

  /** Of a / b: g / b, and -g (a / b) / b. */
  private static void quotient(Node node, String gradient, Backward to) {
    String part = to.op("Div", gradient, node.input(1));
    to.giveSummed(node.input(0), part, to.shape(node.output()));
    if (to.wants(node.input(1))) {
      String change = to.op("Neg", to.op("Mul", part, node.output()));
      to.giveSummed(node.input(1), change, to.shape(node.output()));
    }
  }

  private static void choice(Node node, String gradient, Backward to) {
    String zero = to.scalar(0);
    if (to.wants(node.input(1))) {
      String part = to.op("Where", node.input(0), gradient, zero);
      to.giveSummed(node.input(1), part, to.shape(node.output()));
    }
    if (to.wants(node.input(2))) {
      String part = to.op("Where", node.input(0), zero, gradient);
      to.giveSummed(node.input(2), part, to.shape(node.output()));
    }
  }
}
