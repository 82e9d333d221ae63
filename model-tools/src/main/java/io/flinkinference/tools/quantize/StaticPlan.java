package io.flinkinference.tools.quantize;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How each layer is quantised.
 *
 * @param exponents of the smoothing, by the output of the layer
 * @param exact outputs of the layers that stay fp32
 * @param most greatest number among the weights
 */
record StaticPlan(Map<String, Double> exponents, Set<String> exact, int most) {

  StaticPlan {
    exponents = Map.copyOf(exponents);
    exact = Set.copyOf(exact);
  }

  StaticPlan withExact(String layer) {
    Set<String> others = new HashSet<>(exact);
    others.add(layer);
    return new StaticPlan(exponents, others, most);
  }
}
