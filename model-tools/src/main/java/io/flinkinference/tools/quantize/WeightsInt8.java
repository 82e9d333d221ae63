package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of 8 bits with a scale for each block of a column; the operator rounds activations row by
 * row, in blocks as well, so a text's result does not depend on the texts beside it. Attention with
 * its projections in it has no such form: projections become layers of their own again.
 */
final class WeightsInt8 {

  private static final int BLOCK = 32;
  private static final int MOST = 127;
  private static final int ZERO = 128;

  /** Lets the operator multiply whole numbers of 8 bits, which is what makes it fast. */
  private static final long INT8 = 4;

  private final Graph graph;

  private WeightsInt8(Graph graph) {
    this.graph = graph;
  }

  /** Changes a graph. */
  static void quantize(Graph graph, List<Layer> layers) {
    WeightsInt8 form = new WeightsInt8(graph);
    for (Layer layer : layers) {
      Node node = layer.node(graph);
      Tensor weights = layer.weights(graph);
      graph.remove(List.of(node));
      if (layer.kind() == Layer.Kind.PRODUCT) {
        form.product(layer.input(), weights, 0, weights.size(1), layer.output());
      } else {
        form.attention(layer, node, weights);
      }
    }
    DeadNodes.remove(graph);
  }

  private void attention(Layer layer, Node node, Tensor weights) {
    int width = weights.size(1) / 3;
    List<String> inputs = new ArrayList<>();
    for (String part : List.of("_queries", "_keys", "_values")) {
      String name = graph.freshName(layer.output() + part);
      product(layer.input(), weights, inputs.size() * width, width, name);
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
  private void product(String input, Tensor weights, int from, int columns, String output) {
    int in = weights.size(0);
    int all = weights.size(1);
    int blocks = (in + BLOCK - 1) / BLOCK;
    float[] numbers = weights.toFloats();
    byte[] values = new byte[columns * blocks * BLOCK];
    float[] scales = new float[columns * blocks];
    for (int column = 0; column < columns; column++) {
      for (int block = 0; block < blocks; block++) {
        int end = Math.min(in, (block + 1) * BLOCK);
        float reach = 0;
        for (int row = block * BLOCK; row < end; row++) {
          reach = Math.max(reach, Math.abs(numbers[row * all + from + column]));
        }
        int at = column * blocks + block;
        scales[at] = reach == 0 ? 1 : reach / MOST;
        for (int row = block * BLOCK; row < end; row++) {
          int rounded = Math.round(numbers[row * all + from + column] / scales[at]);
          values[at * BLOCK + row % BLOCK] = (byte) (rounded + ZERO);
        }
      }
    }
    String bytes =
        graph.addConstant(
            output + "_weights",
            Tensor.bytes(ElementType.UINT8, values, columns, blocks, BLOCK));
    String factors =
        graph.addConstant(output + "_weights_scale", Tensor.floats(scales, columns, blocks));
    graph.add(
        Node.contrib("MatMulNBits", List.of(input, bytes, factors), output)
            .with("K", in)
            .with("N", columns)
            .with("bits", 8)
            .with("block_size", BLOCK)
            .with("accuracy_level", INT8));
  }
}
