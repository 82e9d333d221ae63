package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import java.util.List;

/**
 * A static form of 8 bits.
 *
 * @param graph the quantised graph
 * @param cosine the worse of its mean cosines to fp32
 * @param exact outputs of the layers that stayed fp32
 */
record StaticForm(Graph graph, double cosine, List<String> exact) {

  StaticForm {
    exact = List.copyOf(exact);
  }
}
