package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.List;
import java.util.Map;

/** What divides the elements along the last axis by something that they have in common. */
final class Normalizations {

  static final Map<String, Derivative> ALL =
      Map.of(
          "Softmax", Normalizations::softmax,
          "LayerNormalization", Normalizations::layer,
          "LpNormalization", Normalizations::length);

  /** Before, softmax took all axes from the one given as one. */
  private static final int ONE_AXIS = 13;

  private static final String LAST = "it is over the last axis";

  private Normalizations() {}

  /** y (g - sum(g y)). */
  private static void softmax(Node node, String gradient, Backward to) {
    String y = node.output();
    long axis = to.axis(node, y, to.opset() >= ONE_AXIS ? -1 : 1);
    if (axis != to.rank(y) - 1) {
      throw Backward.refused(node, "it is not over the last axis.", LAST);
    }
    String sum = to.sumLast(to.op("Mul", gradient, y));
    to.give(node.input(0), to.op("Mul", y, to.op("Sub", gradient, sum)));
  }

  /**
   * With h = (x - mean) / deviation and s = g scale: (s - mean(s) - h mean(s h)) / deviation; for
   * the scale g h, for the bias g, both summed.
   *
   * <p>Source: Ba, Kiros and Hinton, Layer Normalization, 2016.
   */
  private static void layer(Node node, String gradient, Backward to) {
    String x = node.input(0);
    if (to.axis(node, x, -1) != to.rank(x) - 1) {
      throw Backward.refused(node, "it is not over the last axis.", LAST);
    }
    Node open = withStatistics(node, to);
    String inverse = open.outputs().get(2);
    String h = to.op("Mul", to.op("Sub", x, open.outputs().get(1)), inverse);
    long[] shape = to.shape(x);
    if (to.wants(node.input(1))) {
      to.giveSummed(node.input(1), to.op("Mul", gradient, h), shape);
    }
    to.giveSummed(node.input(2), gradient, shape);
    if (to.wants(x)) {
      double share = 1.0 / shape[shape.length - 1];
      String s = to.op("Mul", gradient, node.input(1));
      String mean = to.times(to.sumLast(s), share);
      String product = to.times(to.sumLast(to.op("Mul", s, h)), share);
      String centred = to.op("Sub", to.op("Sub", s, mean), to.op("Mul", h, product));
      to.give(x, to.op("Mul", centred, inverse));
    }
  }

  /** The same node, which also writes the mean and the inverse of the deviation. */
  private static Node withStatistics(Node node, Backward to) {
    List<String> outputs = node.outputs();
    if (outputs.size() == 3 && !outputs.get(1).isEmpty() && !outputs.get(2).isEmpty()) {
      return node;
    }
    Graph graph = to.graph();
    graph.remove(List.of(node));
    return graph.add(node.moved(node.inputs(), List.of(node.output(), to.name(), to.name())));
  }

  /** With the length l: (g - y sum(g y)) / l. */
  private static void length(Node node, String gradient, Backward to) {
    String x = node.input(0);
    String y = node.output();
    if (to.axis(node, x, -1) != to.rank(x) - 1 || node.attribute("p", 2L) != 2) {
      throw Backward.refused(
          node, "it is not the length over the last axis.", LAST + " with p = 2");
    }
    String length = to.op("Sqrt", to.sumLast(to.op("Mul", x, x)));
    String along = to.op("Mul", y, to.sumLast(to.op("Mul", gradient, y)));
    to.give(x, to.op("Div", to.op("Sub", gradient, along), length));
  }
}
