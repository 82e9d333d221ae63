package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/**
 * Tokens rounded to 8 bits.
 *
 * @param values name of them
 * @param scale name of a step
 * @param zero name of the step that stands for zero
 */
record Integers(String values, String scale, String zero) {

  /**
   * Puts a node that computes with 8 bits in the place of a layer, and of the bias that the node
   * behind it adds.
   *
   * @param excess is taken off its outputs, by column
   */
  void replace(Graph graph, Layer layer, Columns weights, float[] excess) {
    Node node = layer.node(graph);
    String name = layer.output();
    String columns = graph.addConstant(name + "_weights", weights.values());
    String scales = graph.addConstant(name + "_weights_scale", weights.scales());
    float[] bias =
        switch (layer.kind()) {
          case PRODUCT -> AddedBias.take(graph, name).orElse(new float[excess.length]);
          case ATTENTION -> graph.constant(node.input(2)).orElseThrow().toFloats();
        };
    for (int column = 0; column < excess.length; column++) {
      bias[column] -= excess[column];
    }
    String biases = graph.addConstant(name + "_bias", Tensor.floats(bias, bias.length));
    graph.remove(List.of(node));
    graph.add(
        switch (layer.kind()) {
          case PRODUCT ->
              Node.contrib(
                  "MatMulIntegerToFloat",
                  List.of(values, columns, scale, scales, zero, "", biases),
                  name);
          case ATTENTION ->
              Node.contrib(
                      "QAttention",
                      List.of(values, columns, biases, scale, scales, node.input(3), zero),
                      name)
                  .with("num_heads", node.attribute("num_heads", 0L))
                  .with("scale", node.attribute("scale", 0f));
        });
  }
}
