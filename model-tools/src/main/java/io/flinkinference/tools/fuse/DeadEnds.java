package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes out what reads a value and is read by nobody. */
final class DeadEnds {

  private DeadEnds() {}

  /** Takes out all nodes from which no output is made and that come from a value. */
  static void remove(Graph graph, String value) {
    remove(graph, value, new HashSet<>());
  }

  /**
   * @param seen nodes that need not be looked at again: there are many ways through a graph
   */
  private static void remove(Graph graph, String value, Set<Node> seen) {
    for (Node node : List.copyOf(graph.consumers(value))) {
      if (!seen.add(node)) {
        continue;
      }
      node.outputs().forEach(output -> remove(graph, output, seen));
      boolean dead =
          node.outputs().stream()
              .allMatch(one -> graph.consumers(one).isEmpty() && !graph.isOutput(one));
      if (dead) {
        graph.remove(List.of(node));
      }
    }
  }
}
