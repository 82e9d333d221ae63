package io.flinkinference.tools.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes out nodes and constants from which no output is made. */
public final class DeadNodes {

  private DeadNodes() {}

  /**
   * Takes them out.
   *
   * @return how many nodes there were
   */
  public static int remove(Graph graph) {
    Set<String> read = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    graph.outputs().forEach(output -> open.push(output.getName()));
    while (!open.isEmpty()) {
      String value = open.pop();
      // An input that is left out has an empty name, as has an output that nobody wants.
      if (!value.isEmpty() && read.add(value)) {
        graph.producer(value).ifPresent(node -> node.inputs().forEach(open::push));
      }
    }
    List<Node> dead =
        graph.nodes().stream()
            .filter(node -> node.outputs().stream().noneMatch(read::contains))
            .toList();
    graph.remove(dead);
    for (String name : List.copyOf(graph.constants())) {
      if (!read.contains(name)) {
        graph.removeConstant(name);
      }
    }
    return dead.size();
  }
}
