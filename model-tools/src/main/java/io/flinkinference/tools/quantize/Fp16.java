package io.flinkinference.tools.quantize;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Floats of 16 bits, for GPUs. A node whose inputs or outputs come near the greatest of them, on
 * texts, stays fp32, and so does one that reads a number too small for them, and all of which the
 * angle of a position is made. Outputs of the graph stay fp32.
 */
final class Fp16 {

  /** Other texts may reach further than those that were run. */
  private static final float HEADROOM = 4;

  /** These say by an attribute what they make, or make it of shapes. */
  private static final Set<String> KEPT = Set.of("Cast", "CastLike", "ConstantOfShape", "Range");

  private final Graph from;
  private final Graph to;
  private final Map<String, Float> reach;
  private final Set<String> positions;

  /** Values that a node writes in 16 bits. */
  private final Set<String> madeHalf = new HashSet<>();

  /** Names in 16 bits, of values that are made so or were cast. */
  private final Map<String, String> halves = new HashMap<>();

  /** Values made in 16 bits that were cast to 32 as well. */
  private final Set<String> madeFull = new HashSet<>();

  private final List<String> exact = new ArrayList<>();

  private Fp16(Graph from, Map<String, Float> reach) {
    this.from = from;
    this.to = from.copy();
    this.reach = reach;
    this.positions = positions(from, reach);
  }

  /**
   * What rotary angles and whole numbers are made of. Numbers of 16 bits count to 2,048: beyond,
   * neighbouring tokens would be at one place, though none of the numbers is out of range.
   */
  private static Set<String> positions(Graph graph, Map<String, Float> reach) {
    Deque<String> open = new ArrayDeque<>();
    for (Node node : graph.nodes()) {
      boolean angle = node.is("Cos") || node.is("Sin");
      boolean rounded = node.is("Cast") && !reach.containsKey(node.output());
      if (angle) {
        open.push(node.output());
      }
      if (angle || rounded) {
        open.push(node.input(0));
      }
    }
    Set<String> positions = new HashSet<>();
    while (!open.isEmpty()) {
      String value = open.pop();
      if (reach.containsKey(value) && positions.add(value)) {
        graph.producer(value).ifPresent(node -> node.inputs().forEach(open::push));
      }
    }
    return positions;
  }

  /**
   * A form of a graph.
   *
   * @param graph of 16 bits
   * @param exact first outputs of the nodes that stay fp32 because they would overflow
   */
  record Form(Graph graph, List<String> exact) {}

  /** Makes the form. */
  static Form of(Graph graph, Map<String, Float> reach) {
    Fp16 form = new Fp16(graph, reach);
    form.to.remove(form.to.nodes());
    graph.nodes().forEach(form::add);
    graph.outputs().stream().map(ValueInfoProto::getName).forEach(form::full);
    DeadNodes.remove(form.to);
    return new Form(form.to, List.copyOf(form.exact));
  }

  private void add(Node node) {
    boolean makesFloats = node.outputs().stream().anyMatch(reach::containsKey);
    if (node.is("Shape") || node.is("Size")) {
      addAsItComes(node);
    } else if (!makesFloats
        || KEPT.contains(node.type())
        || node.outputs().stream().anyMatch(positions::contains)) {
      addFull(node);
    } else if (overflows(node)) {
      exact.add(node.output());
      addFull(node);
    } else {
      addHalf(node);
    }
  }

  private boolean overflows(Node node) {
    return node.inputs().stream().anyMatch(this::isOutOfRange)
        || node.outputs().stream().anyMatch(this::isOutOfRange);
  }

  private boolean isOutOfRange(String value) {
    Tensor constant = from.constant(value).orElse(null);
    if (constant == null) {
      return reach.getOrDefault(value, 0f) > Half.MOST / HEADROOM;
    }
    if (constant.type() != ElementType.FLOAT) {
      return false;
    }
    float most = Reach.most(FloatBuffer.wrap(constant.toFloats()));
    return most > Half.MOST || (most > 0 && most <= Half.LEAST);
  }

  /** The value itself is of no interest, so it need not be there in 32 bits. */
  private void addAsItComes(Node node) {
    List<String> inputs =
        node.inputs().stream()
            .map(value -> madeHalf.contains(value) ? halves.get(value) : value)
            .toList();
    to.add(node.moved(inputs, node.outputs()));
  }

  private void addFull(Node node) {
    node.inputs().forEach(this::full);
    to.add(node.moved(node.inputs(), node.outputs()));
  }

  private void addHalf(Node node) {
    List<String> inputs = node.inputs().stream().map(this::half).toList();
    List<String> outputs = new ArrayList<>();
    for (String output : node.outputs()) {
      if (!reach.containsKey(output)) {
        outputs.add(output);
        continue;
      }
      String half = to.freshName(output + "_half");
      madeHalf.add(output);
      halves.put(output, half);
      outputs.add(half);
    }
    to.add(node.moved(inputs, outputs));
  }

  /** The name of the value in 16 bits, where it is one of floats. */
  private String half(String value) {
    if (halves.containsKey(value)) {
      return halves.get(value);
    }
    Tensor constant = from.constant(value).orElse(null);
    String name = value;
    if (constant != null && constant.type() == ElementType.FLOAT) {
      name = to.addConstant(value + "_half", Half.of(constant));
    } else if (reach.containsKey(value) || isFloatInput(value)) {
      name = to.freshName(value + "_half");
      String full = exact.contains(value) ? clipped(value) : value;
      to.add(Node.of("Cast", List.of(full), name).with("to", DataType.FLOAT16.getNumber()));
    }
    halves.put(value, name);
    return name;
  }

  /**
   * The value within what 16 bits reach. What hides a token is the least number of 32 bits, for
   * example; as infinity, a row of scores that is all hidden, as of padding, would have no softmax.
   */
  private String clipped(String value) {
    String least = to.addConstant(value + "_least", Tensor.floats(new float[] {-Half.MOST}));
    String most = to.addConstant(value + "_most", Tensor.floats(new float[] {Half.MOST}));
    String above = to.freshName(value + "_above");
    String clipped = to.freshName(value + "_clipped");
    to.add(Node.of("Max", List.of(value, least), above));
    to.add(Node.of("Min", List.of(above, most), clipped));
    return clipped;
  }

  /** Such as a mask of floats. */
  private boolean isFloatInput(String value) {
    return from.inputs().stream()
        .anyMatch(
            input ->
                input.getName().equals(value)
                    && input.getType().getTensorType().getElemType() == DataType.FLOAT_VALUE);
  }

  /** Makes the value be there in 32 bits too. */
  private void full(String value) {
    if (madeHalf.contains(value) && madeFull.add(value)) {
      to.add(
          Node.of("Cast", List.of(halves.get(value)), value)
              .with("to", DataType.FLOAT.getNumber()));
    }
  }
}
