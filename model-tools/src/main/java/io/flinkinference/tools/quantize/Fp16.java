package io.flinkinference.tools.quantize;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Floats of 16 bits, for GPUs. A node whose inputs or outputs come near the greatest of them, on
 * texts, stays fp32, and so does one that reads a number too small for them. Outputs of the graph
 * stay fp32.
 */
final class Fp16 {

  /** Other texts may reach further than those that were run. */
  private static final float HEADROOM = 4;

  /** These say by an attribute what they make, or make it of shapes. */
  private static final Set<String> KEPT = Set.of("Cast", "CastLike", "ConstantOfShape", "Range");

  private final Graph from;
  private final Graph to;
  private final Map<String, Float> reach;
  private final Set<String> madeHalf = new HashSet<>();
  private final Map<String, String> halves = new HashMap<>();
  private final Set<String> full = new HashSet<>();
  private final List<String> exact = new ArrayList<>();

  private Fp16(Graph from, Map<String, Float> reach) {
    this.from = from;
    this.to = from.copy();
    this.reach = reach;
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
    if (!makesFloats || KEPT.contains(node.type())) {
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
    float most = Reach.most(constant.toFloats());
    return most > Half.MOST || (most > 0 && most <= Half.LEAST);
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
    } else if (reach.containsKey(value)) {
      name = to.freshName(value + "_half");
      to.add(Node.of("Cast", List.of(value), name).with("to", DataType.FLOAT16.getNumber()));
    }
    halves.put(value, name);
    return name;
  }

  /** Makes the value be there in 32 bits too. */
  private void full(String value) {
    if (madeHalf.contains(value) && full.add(value)) {
      to.add(
          Node.of("Cast", List.of(halves.get(value)), value)
              .with("to", DataType.FLOAT.getNumber()));
    }
  }
}
