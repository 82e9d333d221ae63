package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.Version;
import com.google.protobuf.UnsafeByteOperations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a graph as one file. */
public final class OnnxWriter {

  /** A message of protobuf is at most so long. */
  static final long MOST_BYTES = Integer.MAX_VALUE;

  private OnnxWriter() {}

  /**
   * Writes a model.
   *
   * @throws GraphException if it would be larger than 2 GB
   * @throws IOException if the file cannot be written; the message names it
   */
  public static void write(Graph graph, Path file) throws IOException {
    ModelProto model = model(graph);
    if (graph.constants().stream().mapToLong(name -> bytes(graph, name)).sum() >= MOST_BYTES
        || model.getSerializedSize() < 0) {
      throw new GraphException("The model would be larger than 2 GB, more than one file can hold.");
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      model.writeTo(out);
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  private static long bytes(Graph graph, String constant) {
    return graph.constant(constant).orElseThrow().data().remaining();
  }

  private static ModelProto model(Graph graph) {
    GraphProto.Builder to = GraphProto.newBuilder().setName("model");
    graph.inputs().forEach(to::addInput);
    graph.outputs().forEach(to::addOutput);
    graph.nodes().forEach(node -> to.addNode(node.toProto()));
    for (String name : graph.constants()) {
      to.addInitializer(tensor(name, graph.constant(name).orElseThrow()));
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(Version.IR_VERSION_2023_5_5.getNumber())
            .setProducerName("flink-inference")
            .setGraph(to);
    for (Map.Entry<String, Long> opset : graph.opsets().entrySet()) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(opset.getKey()).setVersion(opset.getValue()));
    }
    return model.build();
  }

  private static TensorProto tensor(String name, Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(tensor.type().onnx())
            .setRawData(UnsafeByteOperations.unsafeWrap(tensor.data())); // Not changed meanwhile.
    for (long size : tensor.shape()) {
      proto.addDims(size);
    }
    return proto.build();
  }
}
