package io.flinkinference.tools.session;

import io.flinkinference.model.Model;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.OnnxReader;

/** Reads the graph of a model. */
public final class ModelGraph {

  private ModelGraph() {}

  /**
   * Reads it, with what the model says of how it is fed.
   *
   * @throws GraphException if it cannot be read
   */
  public static Graph read(Model model) {
    Graph graph = OnnxReader.read(model.onnxFile());
    graph.setFirstPosition(model.config().layout().firstPosition());
    return graph;
  }
}
