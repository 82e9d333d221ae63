package io.flinkinference.tools.autodiff;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.Map;

/** Functions of each element alone. */
final class Functions {

  static final Map<String, Derivative> ALL =
      Map.of(
          "Neg", Functions::negative,
          "Sqrt", Functions::root,
          "Pow", Functions::power,
          "Erf", Functions::errorFunction,
          "Tanh", Functions::tanh,
          "Sigmoid", Functions::sigmoid,
          "Relu", Functions::relu,
          "Cast", Functions::cast,
          "Identity", (node, gradient, to) -> to.give(node.input(0), gradient));

  private Functions() {}

  private static void negative(Node node, String gradient, Backward to) {
    to.give(node.input(0), to.op("Neg", gradient));
  }

  /** g / (2 y). */
  private static void root(Node node, String gradient, Backward to) {
    to.give(node.input(0), to.op("Div", gradient, to.times(node.output(), 2)));
  }

  /** g n x^(n - 1). */
  private static void power(Node node, String gradient, Backward to) {
    Tensor exponent = to.graph().constant(node.input(1)).orElse(null);
    if (exponent == null || exponent.count() != 1) {
      throw Backward.refused(
          node, "its exponent is no constant number.", "its exponent is one constant number");
    }
    double n = number(exponent);
    String x = node.input(0);
    String power = n == 2 ? x : to.op("Pow", x, to.scalar(n - 1));
    to.give(x, to.op("Mul", gradient, to.times(power, n)));
  }

  private static double number(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT -> tensor.data().getFloat(0);
      case DOUBLE -> tensor.data().getDouble(0);
      case INT32 -> tensor.data().getInt(0);
      default -> tensor.data().getLong(0);
    };
  }

  /** g 2 / sqrt(pi) e^(-x x). */
  private static void errorFunction(Node node, String gradient, Backward to) {
    String x = node.input(0);
    String bell = to.op("Exp", to.op("Neg", to.op("Mul", x, x)));
    to.give(x, to.op("Mul", gradient, to.times(bell, 2 / Math.sqrt(Math.PI))));
  }

  /** g (1 - y y). */
  private static void tanh(Node node, String gradient, Backward to) {
    String y = node.output();
    to.give(node.input(0), to.op("Mul", gradient, to.op("Sub", to.scalar(1), to.op("Mul", y, y))));
  }

  /** g y (1 - y). */
  private static void sigmoid(Node node, String gradient, Backward to) {
    String y = node.output();
    String slope = to.op("Mul", y, to.op("Sub", to.scalar(1), y));
    to.give(node.input(0), to.op("Mul", gradient, slope));
  }

  private static void relu(Node node, String gradient, Backward to) {
    String zero = to.scalar(0);
    String positive = to.op("Greater", node.input(0), zero);
    to.give(node.input(0), to.op("Where", positive, gradient, zero));
  }

  private static void cast(Node node, String gradient, Backward to) {
    long type = node.attribute("to", 0L);
    if (type != ElementType.FLOAT.onnx()) {
      DataType known = DataType.forNumber((int) type);
      throw Backward.refused(
          node,
          "it makes " + (known == null ? "type " + type : known) + ", not FLOAT.",
          "all between is fp32");
    }
    to.give(node.input(0), gradient);
  }
}
