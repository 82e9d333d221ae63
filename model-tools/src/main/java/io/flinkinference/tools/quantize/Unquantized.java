package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.Optional;

/** Tells graphs of fp32 from those that have lost precision already. */
public final class Unquantized {

  private Unquantized() {}

  /**
   * Refuses others, for a second rounding would hide the first. Once constants are folded, halves
   * of which floats are made before they are read can no longer be told.
   *
   * @throws GraphException if an operator or a weight is not of fp32
   */
  public static void require(Graph graph) {
    lost(graph)
        .or(() -> stored(graph))
        .ifPresent(
            message -> {
              throw new GraphException(message);
            });
  }

  /** Whether all operators and weights are of fp32. */
  public static boolean is(Graph graph) {
    return lost(graph).isEmpty();
  }

  /** What is not of fp32, in words. */
  private static Optional<String> lost(Graph graph) {
    for (Node node : graph.nodes()) {
      if (isQuantized(node.type())) {
        return Optional.of(
            "The model is quantised already: it has the operator %s, which makes %s. Give the fp32 export of the model."
                .formatted(node.type(), node.output()));
      }
    }
    for (String name : graph.constants()) {
      Tensor tensor = graph.constant(name).orElseThrow();
      if (tensor.type() == ElementType.FLOAT16 && tensor.count() > 1) {
        return Optional.of(
            "The model is of fp16: its weights %s are %s. Give the fp32 export of the model."
                .formatted(name, tensor));
      }
    }
    return Optional.empty();
  }

  /** Weights that have 8 bits in the file, though all is computed in fp32. */
  private static Optional<String> stored(Graph graph) {
    return graph.nodes("DequantizeLinear").stream()
        .findFirst()
        .map(
            node ->
                "The model's weights are quantised already: the operator DequantizeLinear makes %s of them. Give the fp32 export of the model."
                    .formatted(node.output()));
  }

  private static boolean isQuantized(String type) {
    return type.startsWith("QLinear")
        || type.startsWith("QOrdered")
        || type.startsWith("DynamicQuantize")
        || type.contains("QuantizeLinear")
        || type.contains("MatMulInteger")
        || type.equals("ConvInteger")
        || type.equals("MatMulNBits")
        || type.equals("MatMulBnb4")
        || type.equals("GatherBlockQuantized")
        || type.equals("QAttention")
        || type.equals("QEmbedLayerNormalization")
        || type.equals("QGemm");
  }
}
