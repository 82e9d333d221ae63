package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds to a graph what computes gradients. */
public final class Differentiation {

  /** What these write does not change with small changes of what they read. */
  private static final Set<String> STEPS =
      Set.of(
          "Shape",
          "Size",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Not",
          "And",
          "Or",
          "ArgMax",
          "Sign",
          "Ceil",
          "Floor",
          "ConstantOfShape");

  private Differentiation() {}

  /**
   * Adds nodes to a graph, from the values where it is known how a number depends on them back to
   * constants or other values.
   *
   * <p>A node that stands between and whose gradient is not known is an error, not a zero.
   *
   * @param graph is added to; what it computes stays the same
   * @param observation of the graph as it is given
   * @param seeds names of gradients, by the names of the values that they are gradients of
   * @param wanted names of constants, or of other values inside
   * @return names of the gradients, each of the shape of its value
   * @throws GraphException if an operator's gradient is not known, or a seed does not depend on
   *     what is wanted
   */
  public static Map<String, String> gradients(
      Graph graph, Observation observation, Map<String, String> seeds, Set<String> wanted) {
    List<Node> forward = graph.nodes();
    Backward backward = new Backward(graph, observation, dependents(forward, wanted));
    seeds.forEach(backward::give);
    for (int i = forward.size() - 1; i >= 0; i--) {
      Node node = forward.get(i);
      boolean leads = node.outputs().stream().anyMatch(one -> backward.gradient(one) != null);
      if (leads && node.inputs().stream().anyMatch(backward::wants)) {
        Derivatives.of(node).apply(node, backward.gradient(node.output()), backward);
      }
    }
    Map<String, String> gradients = new LinkedHashMap<>();
    for (String value : wanted) {
      String gradient = backward.gradient(value);
      if (gradient == null) {
        throw new GraphException(
            "None of %s depends on %s, so it has no gradient.".formatted(seeds.keySet(), value));
      }
      gradients.put(value, gradient);
    }
    return gradients;
  }

  /** Values that change with what is wanted, and that itself. */
  private static Set<String> dependents(List<Node> forward, Set<String> wanted) {
    Set<String> dependents = new HashSet<>(wanted);
    for (Node node : forward) {
      if (!STEPS.contains(node.type()) && node.inputs().stream().anyMatch(dependents::contains)) {
        dependents.addAll(node.outputs());
      }
    }
    dependents.remove("");
    return dependents;
  }
}
