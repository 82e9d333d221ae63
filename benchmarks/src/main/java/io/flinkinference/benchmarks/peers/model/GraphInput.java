package io.flinkinference.benchmarks.peers.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.model.ModelException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What a graph takes.
 *
 * @param name as the exporters of Hugging Face call it
 * @param narrow whether its numbers have 32 bits, not 64
 */
record GraphInput(String name, boolean narrow) implements Serializable {

  /** The inputs of a graph, which is loaded for that. */
  static List<GraphInput> of(Path graph) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(graph.toString(), options)) {
        return session.getInputInfo().values().stream().map(GraphInput::of).toList();
      }
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot load " + graph + ": " + e.getMessage(), e);
    }
  }

  private static GraphInput of(NodeInfo input) {
    boolean narrow =
        input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT32;
    return new GraphInput(input.getName(), narrow);
  }
}
