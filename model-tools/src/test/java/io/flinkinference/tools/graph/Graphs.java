package io.flinkinference.tools.graph;

import java.util.List;

/** Graphs made by hand. */
public final class Graphs {

  private Graphs() {}

  /** One without nodes. */
  public static Graph empty(long opset) {
    Graph graph = new Graph();
    graph.setOpset("", opset);
    return graph;
  }

  /** Ends a graph at some values. */
  public static void end(Graph graph, List<String> outputs) {
    graph.setOutputs(List.of());
    outputs.forEach(graph::addOutput);
  }
}
