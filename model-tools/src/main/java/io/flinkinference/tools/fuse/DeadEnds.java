package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.List;

/** Takes out what reads a value and is read by nobody. */
final class DeadEnds {

  private DeadEnds() {}

  /** Takes out all nodes from which no output is made and that come from a value. */
  static void remove(Graph graph, String value) {
    for (Node node : List.copyOf(graph.consumers(value))) {
      node.outputs().forEach(output -> remove(graph, output));
      boolean dead =
          node.outputs().stream()
              .allMatch(one -> graph.consumers(one).isEmpty() && !graph.isOutput(one));
      if (dead) {
        graph.remove(List.of(node));
      }
    }
  }
}
