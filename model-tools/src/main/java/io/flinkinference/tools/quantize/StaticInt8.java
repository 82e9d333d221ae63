package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Weights and activations of 8 bits, with scales that are fixed beforehand: a text's result does
 * not depend on the texts beside it.
 *
 * <p>Activations are divided channel by channel, as {@link Smoothing} says, and rounded to 8 bits
 * without a sign; weights have a sign and a scale for each column.
 */
final class StaticInt8 {

  private static final int STEPS = 255;

  private final Graph graph;
  private final Map<String, Ranges> ranges;

  private StaticInt8(Graph graph, Map<String, Ranges> ranges) {
    this.graph = graph;
    this.ranges = ranges;
  }

  /**
   * Makes the quantised form of a graph.
   *
   * @param ranges of the inputs of all layers
   * @return another graph
   */
  static Graph quantize(
      Graph graph, List<Layer> layers, Map<String, Ranges> ranges, StaticPlan plan) {
    StaticInt8 form = new StaticInt8(graph.copy(), ranges);
    for (Layer layer : layers) {
      if (!plan.exact().contains(layer.output())) {
        form.quantize(layer, plan);
      }
    }
    DeadNodes.remove(form.graph);
    return form.graph;
  }

  private void quantize(Layer layer, StaticPlan plan) {
    double exponent = plan.exponents().get(layer.output());
    float[] weights = layer.weights(graph).toFloats();
    int in = layer.weights(graph).size(0);
    int out = layer.weights(graph).size(1);
    float[] divisors = Smoothing.divisors(ranges.get(layer.input()), weights, exponent);
    Steps steps = Steps.of(ranges.get(layer.input()).dividedBy(divisors));
    rounded(layer, divisors, steps)
        .replace(
            graph, layer, Columns.of(Smoothing.rowsTimes(weights, divisors), in, out, plan.most()));
  }

  /** The tokens, divided and rounded. */
  private Integers rounded(Layer layer, float[] divisors, Steps steps) {
    String name = layer.output();
    float[] factors = new float[divisors.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / divisors[i];
    }
    String scale = graph.addConstant(name + "_scale", Tensor.scalar(steps.scale()));
    Tensor step = Tensor.bytes(ElementType.UINT8, new byte[] {(byte) steps.zero()});
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

  /**
   * How activations are rounded.
   *
   * @param scale a step
   * @param zero the step that stands for zero
   */
  private record Steps(float scale, int zero) {

    static Steps of(Ranges ranges) {
      float least = 0;
      float greatest = 0;
      for (int i = 0; i < ranges.channels(); i++) {
        least = Math.min(least, ranges.least()[i]);
        greatest = Math.max(greatest, ranges.greatest()[i]);
      }
      float scale = Math.max((greatest - least) / STEPS, Float.MIN_NORMAL);
      return new Steps(scale, Math.round(-least / scale));
    }
  }
}
