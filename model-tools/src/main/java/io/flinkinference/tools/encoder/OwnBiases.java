package io.flinkinference.tools.encoder;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/**
 * Gives each node biases and scales of its own. Exporters write such lists once if they happen to
 * be equal, as biases of zeros are; but one is to change without the other.
 *
 * <p>That layers share a list on purpose, as those of ALBERT do, cannot be told from that, so they
 * get lists of their own too. Matrices stay shared.
 */
public final class OwnBiases {

  private OwnBiases() {}

  /** Copies what several nodes read. */
  public static void give(Graph graph) {
    for (String name : List.copyOf(graph.constants())) {
      Tensor tensor = graph.constant(name).orElseThrow();
      if (tensor.type() == ElementType.FLOAT && tensor.rank() == 1 && tensor.count() > 1) {
        List<Node> readers = List.copyOf(graph.consumers(name));
        for (Node reader : readers.subList(Math.min(1, readers.size()), readers.size())) {
          graph.replaceReads(reader, name, graph.addConstant(name, tensor));
        }
      }
    }
  }
}
