package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of 8 bits, and activations that are rounded to 8 bits when they are there, with one scale
 * for all that is in the batch: a text's result depends on the texts beside it. It needs no texts
 * beforehand. The names of its operators tell what it is when the model is loaded.
 */
final class DynamicInt8 {

  private DynamicInt8() {}

  /** Changes a graph. */
  static void quantize(Graph graph, List<Layer> layers, int most) {
    for (Layer layer : layers) {
      Node node = layer.node(graph);
      Columns columns = Columns.of(layer.weights(graph), most);
      String name = layer.output();
      String values = graph.addConstant(name + "_weights", columns.values());
      String scales = graph.addConstant(name + "_weights_scale", columns.scales());
      graph.remove(List.of(node));
      if (layer.kind() == Layer.Kind.PRODUCT) {
        graph.add(
            Node.contrib("DynamicQuantizeMatMul", List.of(layer.input(), values, scales), name));
      } else {
        attention(graph, layer, node, values, scales);
      }
    }
    DeadNodes.remove(graph);
  }

  private static void attention(
      Graph graph, Layer layer, Node node, String values, String scales) {
    String rounded = graph.freshName(layer.output() + "_rounded");
    String scale = graph.freshName(layer.output() + "_scale");
    String zero = graph.freshName(layer.output() + "_zero");
    graph.add(Node.of("DynamicQuantizeLinear", List.of(layer.input()), rounded, scale, zero));
    List<String> inputs =
        new ArrayList<>(
            List.of(rounded, values, node.input(2), scale, scales, node.input(3), zero));
    graph.add(
        Node.contrib("QAttention", inputs, layer.output())
            .with("num_heads", node.attribute("num_heads", 0L))
            .with("scale", node.attribute("scale", 0f)));
  }
}
