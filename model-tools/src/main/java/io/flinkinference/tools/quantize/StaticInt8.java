package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights and activations of 8 bits, with scales that are fixed beforehand: a text's result does
 * not depend on the texts beside it.
 *
 * <p>Activations are divided channel by channel, as {@link Smoothing} says, and rounded to 8 bits
 * without a sign; weights have a sign and a scale for each column.
 */
final class StaticInt8 {

  private StaticInt8() {}

  /**
   * Makes the quantised form of a graph.
   *
   * @param ways how each layer is rounded, by its output
   * @param exact outputs of the layers that stay fp32
   * @return another graph
   */
  static Graph quantize(
      Graph graph, List<Layer> layers, Map<String, StaticLayer> ways, Set<String> exact) {
    Graph form = graph.copy();
    for (Layer layer : layers) {
      if (!exact.contains(layer.output())) {
        StaticLayer how = ways.get(layer.output());
        integers(form, layer, how).replace(form, layer, how.weights(), how.excess());
      }
    }
    DeadNodes.remove(form);
    return form;
  }

  /** The tokens, divided and rounded. */
  private static Integers integers(Graph graph, Layer layer, StaticLayer how) {
    String name = layer.output();
    float[] factors = new float[how.divisors().length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / how.divisors()[i];
    }
    String scale = graph.addConstant(name + "_scale", Tensor.scalar(how.steps().scale()));
    Tensor step = Tensor.bytes(ElementType.UINT8, new byte[] {(byte) how.steps().zero()});
    String zero = graph.addConstant(name + "_zero", step);
    String constant = graph.addConstant(name + "_factors", Tensor.floats(factors, factors.length));
    Node product =
        graph.add(
            Node.of("Mul", List.of(layer.input(), constant), graph.freshName(name + "_smooth")));
    Node integers =
        graph.add(
            Node.of(
                "QuantizeLinear",
                List.of(product.output(), scale, zero),
                graph.freshName(name + "_rounded")));
    return new Integers(integers.output(), scale, zero);
  }
}
