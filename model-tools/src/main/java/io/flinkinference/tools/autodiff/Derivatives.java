package io.flinkinference.tools.autodiff;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All derivatives by the names of their operators. */
final class Derivatives {

  private static final Map<String, Derivative> STANDARD = new HashMap<>();
  private static final Map<String, Derivative> CONTRIB = new HashMap<>();

  static {
    STANDARD.putAll(Arithmetic.ALL);
    STANDARD.putAll(Functions.ALL);
    STANDARD.putAll(Products.ALL);
    STANDARD.putAll(Shapes.ALL);
    STANDARD.putAll(Parts.ALL);
    STANDARD.putAll(Reductions.ALL);
    STANDARD.putAll(Normalizations.ALL);
    STANDARD.putAll(Gelus.STANDARD);
    CONTRIB.putAll(Gelus.CONTRIB);
  }

  private Derivatives() {}

  /**
   * The derivative of a node.
   *
   * @throws GraphException if it is not known
   */
  static Derivative of(Node node) {
    Derivative found = null;
    if (node.domain().isEmpty()) {
      found = STANDARD.get(node.type());
    } else if (node.domain().equals(Graph.MICROSOFT)) {
      found = CONTRIB.get(node.type());
    }
    if (found == null) {
      throw new GraphException(
          "The gradient of the operator %s is not known, which makes %s. Known are %s. Train fewer layers, so that it does not stand between them and the result, or export the model with others."
              .formatted(
                  node.domain().isEmpty() ? node.type() : node.domain() + "." + node.type(),
                  node.output(),
                  names()));
    }
    return found;
  }

  /** Names of all operators that have one. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(STANDARD.keySet());
    CONTRIB.keySet().forEach(name -> names.add(Graph.MICROSOFT + "." + name));
    return names;
  }
}
