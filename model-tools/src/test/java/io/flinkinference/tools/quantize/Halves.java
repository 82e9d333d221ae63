package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;

/** Graphs that keep their weights as halves, and make floats of them when they run. */
public final class Halves {

  private Halves() {}

  /** Changes a graph of fp32. */
  public static void putBehindCasts(Graph graph) {
    for (String name : List.copyOf(graph.constants())) {
      Tensor tensor = graph.constant(name).orElseThrow();
      if (tensor.type() == ElementType.FLOAT && tensor.count() > 1) {
        String halves = graph.addConstant(name + "_halves", Half.of(tensor));
        String floats = graph.freshName(name + "_floats");
        graph.replaceReads(name, floats);
        graph.add(Node.of("Cast", List.of(halves), floats).with("to", ElementType.FLOAT.onnx()));
      }
    }
    DeadNodes.remove(graph);
  }
}
