package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import java.util.List;

/**
 * A form of a model, and what is known of it.
 *
 * @param graph that was made
 * @param precision that was asked for
 * @param layers how many layers over tokens have the bits that were asked for
 * @param exact outputs of the layers, or for fp16 of the nodes, that stay fp32
 * @param tables of embeddings that have 8 bits
 * @param cosine mean to the graph that was given, on held-out texts
 * @param otherCosine the same on texts of another domain; {@code NaN} where there were none
 */
public record QuantizedForm(
    Graph graph,
    Precision precision,
    int layers,
    List<String> exact,
    int tables,
    double cosine,
    double otherCosine) {

  /** Takes a copy. */
  public QuantizedForm {
    exact = List.copyOf(exact);
  }
}
