package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of 8 bits in blocks with a scale each: the careful form. The operator rounds activations
 * by row, in blocks as well, so a text's result does not depend on the texts beside it. An
 * attention with its projections in it has no such form: they become layers of their own again.
 */
final class WeightsOnly {

  /** Lets the operator multiply whole numbers of 8 bits, which is what makes it fast. */
  private static final long INT8 = 4;

  private WeightsOnly() {}

  /** Quantises layers in place. */
  static void quantize(Graph graph, List<Layer> layers) {
    for (Layer layer : layers) {
      Node node = layer.node(graph);
      int out = layer.weights(graph).size(1);
      graph.remove(List.of(node));
      switch (layer.kind()) {
        case PRODUCT -> product(graph, layer, 0, out, layer.output());
        case ATTENTION -> attention(graph, layer, node, out / 3);
      }
    }
    DeadNodes.remove(graph);
  }

  private static void attention(Graph graph, Layer layer, Node node, int width) {
    List<String> inputs = new ArrayList<>();
    for (String part : List.of("_queries", "_keys", "_values")) {
      String name = graph.freshName(layer.output() + part);
      product(graph, layer, inputs.size() * width, width, name);
      inputs.add(name);
    }
    inputs.add(node.input(2));
    inputs.add(node.input(3));
    graph.add(
        Node.contrib("MultiHeadAttention", inputs, layer.output())
            .with("num_heads", node.attribute("num_heads", 0L))
            .with("scale", node.attribute("scale", 0f)));
  }

  /** Multiplies with some columns of the weights. */
  private static void product(Graph graph, Layer layer, int from, int columns, String output) {
    Blocks blocks = Blocks.of(layer.weights(graph), from, columns);
    String values = graph.addConstant(output + "_blocks", blocks.values());
    String scales = graph.addConstant(output + "_blocks_scale", blocks.scales());
    graph.add(
        Node.contrib("MatMulNBits", List.of(layer.input(), values, scales), output)
            .with("K", layer.weights(graph).size(0))
            .with("N", columns)
            .with("bits", 8)
            .with("block_size", Blocks.SIZE)
            .with("accuracy_level", INT8));
  }
}
