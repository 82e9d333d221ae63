package io.flinkinference.tools.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts nodes behind those whose values they read, and else leaves them as they came. */
final class Sorting {

  private final Graph graph;
  private final Set<Node> begun = new HashSet<>();
  private final Set<Node> done = new HashSet<>();
  private final List<Node> sorted = new ArrayList<>();

  private Sorting(Graph graph) {
    this.graph = graph;
  }

  static List<Node> byDependencies(List<Node> nodes, Graph graph) {
    Sorting sorting = new Sorting(graph);
    nodes.forEach(sorting::visit);
    return sorting.sorted;
  }

  /** With a stack of its own: chains of nodes are as deep as the model. */
  private void visit(Node last) {
    Deque<Node> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      Node node = open.peek();
      if (done.contains(node)) {
        open.pop();
      } else if (begun.add(node)) {
        for (String input : node.inputs()) {
          graph
              .producer(input)
              .filter(one -> !done.contains(one))
              .ifPresent(one -> push(open, one));
        }
      } else {
        open.pop();
        done.add(node);
        sorted.add(node);
      }
    }
  }

  private void push(Deque<Node> open, Node node) {
    if (begun.contains(node)) {
      throw new GraphException("The graph runs in a circle at " + node + ".");
    }
    open.push(node);
  }
}
