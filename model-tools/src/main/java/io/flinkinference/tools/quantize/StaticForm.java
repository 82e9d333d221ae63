package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import java.util.List;

/**
 * A static form of 8 bits.
 *
 * @param graph the quantised graph
 * @param cosine mean cosine to fp32, on the texts on which the form was chosen
 * @param layers how many layers there are
 * @param exact outputs of the layers that stayed fp32
 * @param exponent of the smoothing
 */
public record StaticForm(
    Graph graph, double cosine, int layers, List<String> exact, double exponent) {

  /** Takes a copy. */
  public StaticForm {
    exact = List.copyOf(exact);
  }
}
