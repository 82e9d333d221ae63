package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;

/**
 * The two inputs of a node whose order does not matter, one of which is a constant.
 *
 * @param constant name of the constant, which has one dimension
 * @param other name of the other
 */
record Operands(String constant, String other) {

  /** The inputs of a node; null where none is a constant with one dimension. */
  static Operands withConstant(Graph graph, Node node) {
    for (int i = 0; i < 2; i++) {
      if (graph.constant(node.input(i)).filter(one -> one.rank() == 1).isPresent()) {
        return new Operands(node.input(i), node.input(1 - i));
      }
    }
    return null;
  }
}
