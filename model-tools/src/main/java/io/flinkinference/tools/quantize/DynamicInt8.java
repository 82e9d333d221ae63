package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.List;

/**
 * Weights and activations of 8 bits, with scales of activations that are taken from the batch while
 * it runs. Needs no texts, and a text's result depends on the texts beside it; the names of its
 * operators tell so when the model is loaded.
 */
final class DynamicInt8 {

  private DynamicInt8() {}

  /** Quantises layers in place. */
  static void quantize(Graph graph, List<Layer> layers, int most) {
    for (Layer layer : layers) {
      quantize(graph, layer, most);
    }
    DeadNodes.remove(graph);
  }

  private static void quantize(Graph graph, Layer layer, int most) {
    Node rounded =
        graph.add(
            Node.of(
                "DynamicQuantizeLinear",
                List.of(layer.input()),
                graph.freshName(layer.output() + "_rounded"),
                graph.freshName(layer.output() + "_scale"),
                graph.freshName(layer.output() + "_zero")));
    List<String> made = rounded.outputs();
    Columns weights = Columns.of(layer.weights(graph), most);
    new Integers(made.get(0), made.get(1), made.get(2))
        .replace(graph, layer, weights, new float[weights.scales().count()]);
  }
}
