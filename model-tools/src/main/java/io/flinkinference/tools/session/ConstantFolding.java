package io.flinkinference.tools.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes once what is made of constants alone, by ONNX Runtime itself, and puts the results into
 * the graph. Weights that are quantised stay so, and what is drawn by chance stays with its node.
 */
public final class ConstantFolding {

  private static final Set<String> KEPT =
      Set.of("QuantizeLinear", "DequantizeLinear", "Bernoulli", "Multinomial");

  /** What does not depend on the text does not depend on this one. */
  private static final TokenBatch ANY = TokenBatch.of(Encoding.of(0, 0));

  private ConstantFolding() {}

  /**
   * Folds constants.
   *
   * @return how many values became constants
   */
  public static int fold(Graph graph) {
    mergeSame(graph);
    Set<String> folded = results(graph);
    if (folded.isEmpty()) {
      return 0;
    }
    Map<String, Tensor> tensors = compute(graph, folded);
    tensors.forEach(
        (value, tensor) -> graph.replaceReads(value, graph.addConstant(value + "_folded", tensor)));
    DeadNodes.remove(graph);
    return tensors.size();
  }

  /**
   * Lets nodes that make the same of the same constants be one: layers that share a weight share
   * what is made of it. Constants that are only equal stay apart, for they may be taught later.
   */
  private static void mergeSame(Graph graph) {
    Set<String> values = new HashSet<>(graph.constants());
    Map<List<Object>, Node> kept = new HashMap<>();
    List<Node> gone = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!isFoldable(node, values)) {
        continue;
      }
      values.addAll(node.outputs());
      boolean inner = node.outputs().size() == 1 && !graph.isOutput(node.output());
      Node first =
          inner
              ? kept.putIfAbsent(List.of(node.type(), node.inputs(), node.attributes()), node)
              : null;
      if (first != null) {
        graph.replaceReads(node.output(), first.output());
        gone.add(node);
      }
    }
    graph.remove(gone);
  }

  /** Values made of constants that something else than constants goes on with. */
  private static Set<String> results(Graph graph) {
    Set<Node> constant = new HashSet<>();
    Set<String> values = new HashSet<>(graph.constants());
    for (Node node : graph.nodes()) {
      if (isFoldable(node, values)) {
        constant.add(node);
        values.addAll(node.outputs());
      }
    }
    Set<String> results = new HashSet<>();
    for (Node node : constant) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()
            && !graph.isOutput(output)
            && graph.consumers(output).stream().anyMatch(reader -> !constant.contains(reader))) {
          results.add(output);
        }
      }
    }
    return results;
  }

  private static boolean isFoldable(Node node, Set<String> constants) {
    return node.domain().isEmpty()
        && !node.inputs().isEmpty()
        && !node.type().startsWith("Random")
        && !KEPT.contains(node.type())
        && node.inputs().stream().allMatch(input -> input.isEmpty() || constants.contains(input));
  }

  private static Map<String, Tensor> compute(Graph graph, Set<String> values) {
    Graph part = graph.copy();
    part.setOutputs(List.of());
    values.forEach(part::addOutput);
    DeadNodes.remove(part);
    Map<String, Tensor> tensors = new HashMap<>();
    try (GraphSession session = GraphSession.open(part)) {
      session.look(
          ANY, (name, value) -> tensor(value).ifPresent(tensor -> tensors.put(name, tensor)));
    }
    return tensors;
  }

  private static Optional<Tensor> tensor(OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      return Optional.empty();
    }
    long[] shape = tensor.getInfo().getShape();
    return switch (tensor.getInfo().type) {
      case FLOAT -> Optional.of(Tensor.floats(floats(tensor.getFloatBuffer()), shape));
      case INT64 -> Optional.of(Tensor.longs(longs(tensor.getLongBuffer()), shape));
      case BOOL ->
          Optional.of(Tensor.bytes(ElementType.BOOL, bytes(tensor.getByteBuffer()), shape));
      case INT8 ->
          Optional.of(Tensor.bytes(ElementType.INT8, bytes(tensor.getByteBuffer()), shape));
      default -> Optional.empty(); // Rare; it is computed at each run as before.
    };
  }

  private static float[] floats(FloatBuffer buffer) {
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static long[] longs(LongBuffer buffer) {
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] values = new byte[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
