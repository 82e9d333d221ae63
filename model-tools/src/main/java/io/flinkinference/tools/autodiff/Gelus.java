package io.flinkinference.tools.autodiff;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.flinkinference.tools.graph.Node;
import java.util.Map;

/**
 * Gelu: the standard's, exact or by a hyperbolic tangent, and ONNX Runtime's own, alone and with a
 * bias before it.
 */
final class Gelus {

  static final Map<String, Derivative> STANDARD = Map.of("Gelu", Gelus::standard);

  static final Map<String, Derivative> CONTRIB =
      Map.of("Gelu", Gelus::gelu, "BiasGelu", Gelus::biased);

  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double BELL = 1 / Math.sqrt(2 * Math.PI);

  private static final double ROOT = Math.sqrt(2 / Math.PI);
  private static final double CUBE = 0.044715;

  private Gelus() {}

  private static void standard(Node node, String gradient, Backward to) {
    AttributeProto form = node.attributes().get("approximate");
    switch (form == null ? "none" : form.getS().toStringUtf8()) {
      case "none" -> gelu(node, gradient, to);
      case "tanh" ->
          to.give(node.input(0), to.op("Mul", gradient, approximateSlope(node.input(0), to)));
      default ->
          throw Backward.refused(
              node, "its approximation is not known.", "'approximate' is none or tanh");
    }
  }

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

  /**
   * With t = tanh(sqrt(2 / pi) (x + c x x x)): (1 + t) / 2 + x (1 - t t) sqrt(2 / pi) (1 + 3 c x x)
   * / 2.
   */
  private static String approximateSlope(String x, Backward to) {
    String one = to.scalar(1);
    String square = to.op("Mul", x, x);
    String inner = to.op("Mul", x, to.op("Add", to.times(square, CUBE), one));
    String t = to.op("Tanh", to.times(inner, ROOT));
    String bend = to.op("Sub", one, to.op("Mul", t, t));
    String innerSlope = to.times(to.op("Add", to.times(square, 3 * CUBE), one), ROOT);
    String turned = to.op("Mul", to.op("Mul", x, bend), innerSlope);
    return to.times(to.op("Add", to.op("Add", one, t), turned), 0.5);
  }
}
