package io.flinkinference.tools.graph;

import java.util.List;

/** Graphs made by hand. */
public final class Graphs {

  private Graphs() {}

  /** Ends a graph at some values. */
  public static void end(Graph graph, List<String> outputs) {
    graph.setOutputs(List.of());
    outputs.forEach(graph::addOutput);
  }
}
