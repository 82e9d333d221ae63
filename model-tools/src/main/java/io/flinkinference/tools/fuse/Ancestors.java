package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Of which inputs a value is made. */
final class Ancestors {

  private Ancestors() {}

  /** The inputs whose content, not only whose shape, a value depends on. */
  static Set<String> inputs(Graph graph, String value) {
    Set<String> found = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.push(value);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!seen.add(name)) {
        continue;
      }
      if (graph.isInput(name)) {
        found.add(name);
      }
      Node node = graph.producer(name).orElse(null);
      if (node != null && !node.is("Shape")) {
        node.inputs().forEach(open::push);
      }
    }
    return found;
  }
}
