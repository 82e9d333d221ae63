package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pieces that are cut out of a value, looked up in it, or put together. */
final class Parts {

  static final Map<String, Derivative> ALL =
      Map.of(
          "Concat", Parts::joined,
          "Split", Parts::divided,
          "Slice", Parts::cut,
          "Gather", Parts::looked,
          "GatherElements", Parts::lookedEach);

  /** From this set of operators on numbers that fall on one place can be added. */
  private static final int ADDING_SCATTER = 16;

  private static final long NOT_CONSTANT = Long.MIN_VALUE;

  private Parts() {}

  private static void joined(Node node, String gradient, Backward to) {
    long axis = to.axis(node, node.output(), 0);
    String start = to.numbers(0);
    for (String input : node.inputs()) {
      String end = to.op("Add", start, to.size(input, axis));
      if (to.wants(input)) {
        to.give(input, to.op("Slice", gradient, start, end, to.numbers(axis)));
      }
      start = end;
    }
  }

  private static void divided(Node node, String gradient, Backward to) {
    List<String> parts = new ArrayList<>();
    for (String output : node.outputs()) {
      String part = to.gradient(output);
      parts.add(part == null ? to.zerosLike(output) : part);
    }
    String joined =
        to.add(Node.of("Concat", parts, to.name()).with("axis", to.axis(node, node.input(0), 0)));
    to.give(node.input(0), joined);
  }

  /** What was cut away gets zeros. */
  private static void cut(Node node, String gradient, Backward to) {
    String x = node.input(0);
    if (!node.input(4).isEmpty() && number(node.input(4), to) != 1) {
      throw Backward.refused(node, "its step is not the constant 1.", "its step is 1");
    }
    if (to.shape(node.input(1))[0] != 1) {
      throw Backward.refused(node, "it cuts along several axes.", "it cuts along one axis");
    }
    // Without axes it is along the first.
    long given = node.input(3).isEmpty() ? 0 : number(node.input(3), to);
    if (given == NOT_CONSTANT) {
      throw Backward.refused(node, "its axis is not constant.", "its axis is constant");
    }
    long axis = given < 0 ? given + to.rank(x) : given;
    String size = to.size(x, axis);
    String places = to.op("Slice", to.range(size), node.input(1), node.input(2));
    // An empty piece has no first place, and no gradient either; models do not cut such.
    String before = to.op("Slice", places, to.numbers(0), to.numbers(1));
    to.give(x, padded(gradient, x, axis, before, to.size(node.output(), axis), to));
  }

  /** The only element of a constant of whole numbers. */
  private static long number(String name, Backward to) {
    return to.graph()
        .constant(name)
        .filter(one -> one.count() == 1)
        .map(one -> one.type().bytes() == 8 ? one.data().getLong(0) : one.data().getInt(0))
        .orElse(NOT_CONSTANT);
  }

  /**
   * A gradient of a piece with zeros around it.
   *
   * @param before how many along the axis, a list of one
   * @param length of the piece, a list of one
   */
  private static String padded(
      String gradient, String whole, long axis, String before, String length, Backward to) {
    int rank = to.rank(whole);
    String after = to.op("Sub", to.op("Sub", to.size(whole, axis), before), length);
    String others = to.numbers(new long[(int) (rank - 1 - axis)]);
    String first = to.numbers(new long[(int) axis]);
    String pads =
        to.add(
            Node.of("Concat", List.of(first, before, others, first, after, others), to.name())
                .with("axis", 0));
    return to.op("Pad", gradient, pads);
  }

  private static void looked(Node node, String gradient, Backward to) {
    String x = node.input(0);
    String indices = node.input(1);
    if (!to.wants(x)) {
      return;
    }
    long axis = to.axis(node, x, 0);
    long[] shape = to.shape(indices);
    if (shape.length == 0 || (shape.length == 1 && shape[0] == 1)) {
      String list = to.op("Reshape", indices, to.numbers(1));
      // Counts from the end become those from the start.
      String place = to.op("Gather", to.range(to.size(x, axis)), list);
      String piece = shape.length == 0 ? to.op("Reshape", gradient, oneAt(x, axis, to)) : gradient;
      to.give(x, padded(piece, x, axis, place, to.numbers(1), to));
    } else if (axis == 0 && to.rank(x) == 2) {
      to.give(x, rows(x, indices, gradient, to));
    } else {
      throw Backward.refused(
          node,
          "it looks up several pieces along axis " + axis + ".",
          "it looks up one piece, or rows of a matrix");
    }
  }

  /** The shape of a value but for an axis, which has size 1. */
  private static String oneAt(String value, long axis, Backward to) {
    String shape = to.op("Shape", value);
    String before = to.op("Slice", shape, to.numbers(0), to.numbers(axis));
    String after = to.op("Slice", shape, to.numbers(axis + 1), to.numbers(to.rank(value)));
    return to.add(
        Node.of("Concat", List.of(before, to.numbers(1), after), to.name()).with("axis", 0));
  }

  /** Of a table: each row gets the sum of what was made of it. */
  private static String rows(String table, String indices, String gradient, Backward to) {
    long width = to.shape(table)[1];
    String ids = to.op("Reshape", indices, to.numbers(-1));
    String rows = to.op("Reshape", gradient, to.numbers(-1, width));
    String offOn = to.graph().addConstant("backward", Tensor.floats(new float[] {0, 1}, 2));
    String chosen = to.op("OneHot", ids, to.size(table, 0), offOn);
    return to.product(chosen, true, rows, false);
  }

  private static void lookedEach(Node node, String gradient, Backward to) {
    String x = node.input(0);
    if (!to.wants(x)) {
      return;
    }
    long axis = to.axis(node, x, 0);
    if (to.opset() < ADDING_SCATTER) {
      to.give(x, SortedSums.scattered(x, node.input(1), gradient, axis, to));
      return;
    }
    Node scatter =
        Node.of("ScatterElements", List.of(to.zerosLike(x), node.input(1), gradient), to.name())
            .with("axis", axis)
            .with("reduction", "add");
    to.give(x, to.add(scatter));
  }
}
