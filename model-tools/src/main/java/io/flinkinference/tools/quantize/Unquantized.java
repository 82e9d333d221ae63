package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;

/** Refuses graphs that have lost precision already: a second rounding would hide the first. */
final class Unquantized {

  private Unquantized() {}

  /**
   * Looks at all operators and weights.
   *
   * @throws GraphException if one is not of fp32
   */
  static void require(Graph graph) {
    for (Node node : graph.nodes()) {
      if (isQuantized(node.type())) {
        throw new GraphException(
            "The model is quantised already: it has the operator %s, which makes %s. Give the fp32 export of the model."
                .formatted(node.type(), node.output()));
      }
    }
    for (String name : graph.constants()) {
      Tensor tensor = graph.constant(name).orElseThrow();
      if (tensor.type() == ElementType.FLOAT16 && tensor.count() > 1) {
        throw new GraphException(
            "The model is of fp16: its weights %s are %s. Give the fp32 export of the model."
                .formatted(name, tensor));
      }
    }
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
