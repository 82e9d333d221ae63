package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;
import java.util.Map;

/** ONNX Runtime's own Gelu, alone and with a bias before it. */
final class Gelus {

  static final Map<String, Derivative> ALL = Map.of("Gelu", Gelus::gelu, "BiasGelu", Gelus::biased);

  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double BELL = 1 / Math.sqrt(2 * Math.PI);

  private Gelus() {}

  private static void gelu(Node node, String gradient, Backward to) {
    to.give(node.input(0), to.op("Mul", gradient, slope(node.input(0), to)));
  }

  private static void biased(Node node, String gradient, Backward to) {
    String sum = to.op("Add", node.input(0), node.input(1));
    String part = to.op("Mul", gradient, slope(sum, to));
    to.give(node.input(0), part);
    to.giveSummed(node.input(1), part, to.shape(node.output()));
  }

  /** (1 + erf(x / sqrt(2))) / 2 + x e^(-x x / 2) / sqrt(2 pi). */
  private static String slope(String x, Backward to) {
    String erf = to.op("Erf", to.times(x, ROOT_HALF));
    String below = to.times(to.op("Add", erf, to.scalar(1)), 0.5);
    String bell = to.op("Exp", to.times(to.op("Mul", x, x), -0.5));
    return to.op("Add", below, to.times(to.op("Mul", x, bell), BELL));
  }
}
