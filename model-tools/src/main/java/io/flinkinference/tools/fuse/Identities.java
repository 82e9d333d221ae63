package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Takes out nodes that hand on what they read: Identity, and Dropout, which is for training. */
final class Identities {

  private Identities() {}

  static PassReport remove(Graph graph) {
    List<Node> gone = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if ((node.is("Identity") || node.is("Dropout"))
          && node.outputs().stream().noneMatch(graph::isOutput)
          && node.outputs().stream().skip(1).allMatch(name -> graph.consumers(name).isEmpty())) {
        graph.replaceReads(node.output(), node.input(0));
        gone.add(node);
      }
    }
    graph.remove(gone);
    return new PassReport("Identity removed", gone.size(), List.of());
  }
}
