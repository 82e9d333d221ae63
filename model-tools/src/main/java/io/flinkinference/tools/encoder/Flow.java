package io.flinkinference.tools.encoder;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which values depend on which by their content, not only by their shape. */
final class Flow {

  private Flow() {}

  /**
   * All that a value is made of.
   *
   * @param barred a value that is not gone past
   */
  static Set<String> upstream(Graph graph, String value, String barred) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!name.equals(barred) && seen.add(name)) {
        graph
            .producer(name)
            .filter(node -> !node.is("Shape"))
            .ifPresent(node -> node.inputs().forEach(open::push));
      }
    }
    return seen;
  }

  /** The nodes that compute with a value or with what is made of it, sorted. */
  static List<Node> readers(Graph graph, String value) {
    Set<String> values = new HashSet<>(Set.of(value));
    List<Node> readers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.is("Shape") && node.inputs().stream().anyMatch(values::contains)) {
        readers.add(node);
        values.addAll(node.outputs());
      }
    }
    return readers;
  }
}
