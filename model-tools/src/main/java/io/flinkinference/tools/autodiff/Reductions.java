package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Sums and means over axes. */
final class Reductions {

  static final Map<String, Derivative> ALL =
      Map.of(
          "ReduceSum", (node, gradient, to) -> reduced(node, gradient, to, false),
          "ReduceMean", (node, gradient, to) -> reduced(node, gradient, to, true));

  private Reductions() {}

  private static void reduced(Node node, String gradient, Backward to, boolean mean) {
    String x = node.input(0);
    String part = gradient;
    if (mean) {
      String elements = to.op("Div", to.op("Size", x), to.op("Size", node.output()));
      Node floats = Node.of("Cast", List.of(elements), to.name());
      part = to.op("Div", part, to.add(floats.with("to", ElementType.FLOAT.onnx())));
    }
    if (node.attribute("keepdims", 1L) == 0) {
      part = to.op("Reshape", part, kept(x, axes(node, to), to));
    }
    to.give(x, to.op("Expand", part, to.op("Shape", x)));
  }

  private static long[] axes(Node node, Backward to) {
    int rank = to.rank(node.input(0));
    long[] axes = node.numbers("axes").orElse(null);
    if (axes == null && !node.input(1).isEmpty()) {
      Tensor tensor =
          to.graph()
              .constant(node.input(1))
              .orElseThrow(
                  () ->
                      Backward.refused(
                          node, "its axes are not constant.", "its axes are constant"));
      axes = new long[tensor.count()];
      tensor.data().asLongBuffer().get(axes);
    }
    return axes == null
        ? LongStream.range(0, rank).toArray()
        : Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).toArray();
  }

  /** The shape of a value with size 1 in the axes. */
  private static String kept(String value, long[] axes, Backward to) {
    long[] keep = new long[to.rank(value)];
    long[] one = new long[keep.length];
    for (int i = 0; i < keep.length; i++) {
      int axis = i;
      boolean gone = Arrays.stream(axes).anyMatch(other -> other == axis);
      keep[i] = gone ? 0 : 1;
      one[i] = gone ? 1 : 0;
    }
    return to.op("Add", to.op("Mul", to.op("Shape", value), to.numbers(keep)), to.numbers(one));
  }
}
