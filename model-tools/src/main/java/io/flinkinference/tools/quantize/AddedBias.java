package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The bias of a linear layer that the node behind it adds. A product of whole numbers adds one at
 * no cost when it makes floats of its sums, and the node behind it takes less time without.
 */
final class AddedBias {

  /** Where a fused normalisation has the bias, which fusing took from what it reads first. */
  private static final int OF_NORMALISATION = 4;

  private AddedBias() {}

  /**
   * Takes the bias out of the only node that reads a layer's output.
   *
   * @return what it was; empty where no node adds one
   */
  static Optional<float[]> take(Graph graph, String output) {
    if (!graph.isInner(output)) {
      return Optional.empty();
    }
    Node reader = graph.consumers(output).get(0);
    boolean twice = Collections.frequency(reader.inputs(), output) > 1;
    if (twice || !reader.input(0).equals(output)) {
      return Optional.empty();
    }
    if (reader.isContrib("BiasGelu")) {
      Node gelu = Node.contrib("Gelu", List.of(output), reader.output());
      return take(graph, reader, gelu, reader.input(1));
    }
    if (reader.isContrib("SkipLayerNormalization")) {
      List<String> inputs = reader.inputs();
      Node without =
          reader.moved(
              inputs.subList(0, Math.min(OF_NORMALISATION, inputs.size())), reader.outputs());
      return take(graph, reader, without, reader.input(OF_NORMALISATION));
    }
    return Optional.empty();
  }

  private static Optional<float[]> take(Graph graph, Node reader, Node without, String bias) {
    Optional<float[]> values = graph.constant(bias).map(Tensor::toFloats);
    values.ifPresent(
        taken -> {
          graph.remove(List.of(reader));
          graph.add(without);
        });
    return values;
  }
}
