package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The backward half of a graph while it is written: which gradients there are so far, and the means
 * to add nodes for more.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class Backward {

  private static final String PREFIX = "backward";

  private final Graph graph;
  private final Observation observation;
  private final Set<String> wanted;
  private final Map<String, String> gradients = new HashMap<>();
  private final Map<List<Long>, String> numbers = new HashMap<>();

  /**
   * @param observation of the forward half
   * @param wanted values whose gradients lead to what is asked for
   */
  Backward(Graph graph, Observation observation, Set<String> wanted) {
    this.graph = graph;
    this.observation = observation;
    this.wanted = wanted;
  }

  // ---- gradients

  /** Whether a value's gradient is needed. */
  boolean wants(String value) {
    return wanted.contains(value);
  }

  /** Name of a value's gradient; null where nothing depends on it. */
  String gradient(String value) {
    return gradients.get(value);
  }

  /** Adds to the gradient of a value, if it is wanted. */
  void give(String value, String gradient) {
    if (wants(value)) {
      String before = gradients.get(value);
      gradients.put(value, before == null ? gradient : op("Add", before, gradient));
    }
  }

  /**
   * The same for a value that may have been broadcast.
   *
   * @param shape of the gradient
   */
  void giveSummed(String value, String gradient, long[] shape) {
    if (wants(value)) {
      give(value, sumTo(gradient, shape, shape(value)));
    }
  }

  private String sumTo(String gradient, long[] from, long[] to) {
    int lead = from.length - to.length;
    String sum = gradient;
    if (lead > 0) {
      sum = sum(sum, false, LongStream.range(0, lead).toArray());
    }
    long[] stretched =
        LongStream.range(0, to.length)
            .filter(i -> to[(int) i] == 1 && from[lead + (int) i] != 1)
            .toArray();
    return stretched.length == 0 ? sum : sum(sum, true, stretched);
  }

  // ---- the forward half

  /** Sizes of a value in the batch that was observed. */
  long[] shape(String value) {
    return observation
        .shape(value)
        .orElseThrow(() -> new GraphException("The shape of " + value + " was not seen."));
  }

  int rank(String value) {
    return shape(value).length;
  }

  /** An axis counted from the first dimension of a value. */
  long axis(Node node, String value, long otherwise) {
    long axis = node.attribute("axis", otherwise);
    return axis < 0 ? axis + rank(value) : axis;
  }

  long opset() {
    return graph.opsets().getOrDefault("", 0L);
  }

  Graph graph() {
    return graph;
  }

  /**
   * A node whose gradient is not known in this form.
   *
   * @param why as a sentence about the node
   * @param cure what an export has to be like, as the end of a sentence
   */
  static GraphException refused(Node node, String why, String cure) {
    return new GraphException(
        "The gradient of %s, which makes %s, is not known here: %s Export the model so that %s, or train fewer layers, so that it does not stand between them and the result."
            .formatted(node.type(), node.output(), why, cure));
  }

  // ---- nodes

  /** Adds a node of the standard, and returns what it writes. */
  String op(String type, String... inputs) {
    return add(Node.of(type, List.of(inputs), name()));
  }

  String add(Node node) {
    return graph.add(node).output();
  }

  String name() {
    return graph.freshName(PREFIX);
  }

  String scalar(double value) {
    return graph.addConstant(PREFIX, Tensor.scalar((float) value));
  }

  /** A list of whole numbers. */
  String numbers(long... values) {
    List<Long> key = Arrays.stream(values).boxed().toList();
    return numbers.computeIfAbsent(
        key, one -> graph.addConstant(PREFIX, Tensor.longs(values, values.length)));
  }

  String times(String value, double factor) {
    return op("Mul", value, scalar(factor));
  }

  /** The sum over some axes. */
  String sum(String value, boolean keep, long... axes) {
    Node node =
        opset() >= 13
            ? Node.of("ReduceSum", List.of(value, numbers(axes)), name())
            : Node.of("ReduceSum", List.of(value), name()).with("axes", axes);
    return add(node.with("keepdims", keep ? 1 : 0));
  }

  /** The sum over the last axis, which stays with size 1. */
  String sumLast(String value) {
    return sum(value, true, -1);
  }

  String transposed(String value, long... order) {
    return add(Node.of("Transpose", List.of(value), name()).with("perm", order));
  }

  /** A product of matrices, either of which may be turned before. */
  String product(String left, boolean leftTurned, String right, boolean rightTurned) {
    return add(
        Node.contrib("FusedMatMul", List.of(left, right), name())
            .with("transA", leftTurned ? 1 : 0)
            .with("transB", rightTurned ? 1 : 0));
  }

  /** A value in the shape of another that has as many elements. */
  String reshapedLike(String value, String like) {
    return op("Reshape", value, op("Shape", like));
  }

  /** Zeros in the shape of a value. */
  String zerosLike(String value) {
    return op("ConstantOfShape", op("Shape", value));
  }

  /** Size of a dimension, as a list of one number. */
  String size(String value, long axis) {
    return op("Slice", op("Shape", value), numbers(axis), numbers(axis + 1));
  }

  /** All numbers from 0 to below a list of one. */
  String range(String end) {
    String zero = graph.addConstant(PREFIX, Tensor.longs(new long[] {0}));
    String one = graph.addConstant(PREFIX, Tensor.longs(new long[] {1}));
    return op("Range", zero, op("Reshape", end, numbers()), one);
  }
}
