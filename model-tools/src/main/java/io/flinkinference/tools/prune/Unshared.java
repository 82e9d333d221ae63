package io.flinkinference.tools.prune;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/**
 * Gives each node biases and scales of its own. Exporters write such lists once if they happen to
 * be equal, as biases of zeros are, and then one could not become shorter than the other.
 */
final class Unshared {

  private Unshared() {}

  static void apply(Graph graph) {
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
