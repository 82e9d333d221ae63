package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a model of up to 2 GB, and the files of weights beside it. */
public final class OnnxReader {

  private OnnxReader() {}

  /**
   * Reads a model.
   *
   * @throws GraphException if it is not one, or has parts that are not known here
   */
  public static Graph read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      coded.setSizeLimit(Integer.MAX_VALUE);
      return graph(ModelProto.parseFrom(coded), new TensorReader(file));
    } catch (IOException e) {
      throw new GraphException(
          file + " cannot be read as an ONNX model: " + e.getMessage() + " Export it again.", e);
    } catch (GraphException e) {
      throw new GraphException(file + ": " + e.getMessage(), e);
    }
  }

  private static Graph graph(ModelProto model, TensorReader tensors) {
    if (!model.hasGraph()) {
      throw new GraphException("It holds no graph. Export it again.");
    }
    if (model.getFunctionsCount() > 0) {
      throw new GraphException(
          "It has functions of its own, such as "
              + model.getFunctions(0).getName()
              + ". Export it with functions inlined.");
    }
    GraphProto from = model.getGraph();
    Graph graph = new Graph();
    model.getOpsetImportList().forEach(one -> graph.setOpset(one.getDomain(), one.getVersion()));
    from.getInitializerList().forEach(one -> graph.putConstant(one.getName(), tensors.read(one)));
    from.getInputList().stream()
        // Before the fourth version of the format constants were inputs as well.
        .filter(input -> graph.constant(input.getName()).isEmpty())
        .forEach(graph::addInput);
    for (NodeProto proto : from.getNodeList()) {
      add(graph, proto, tensors);
    }
    graph.setOutputs(from.getOutputList());
    return graph;
  }

  private static void add(Graph graph, NodeProto proto, TensorReader tensors) {
    Node node = Node.of(proto);
    if (node.hasInnerGraph()) {
      throw new GraphException(
          "It has control flow, " + node + ". Export it without loops and branches.");
    }
    if (!node.is("Constant")) {
      graph.add(node);
      return;
    }
    graph.putConstant(node.output(), tensors.read(ConstantNodes.value(node)));
  }

  /** Names of the files of weights that belong to a model, beside it. */
  public static Set<String> externalFiles(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      coded.setSizeLimit(Integer.MAX_VALUE);
      return ModelProto.parseFrom(coded).getGraph().getInitializerList().stream()
          .filter(one -> one.getDataLocation() == TensorProto.DataLocation.EXTERNAL)
          .map(one -> TensorReader.external(one, "location").orElse(""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new GraphException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Bytes of a model and of the files of weights beside it. */
  public static long size(Path file) throws IOException {
    long bytes = Files.size(file);
    for (String weights : externalFiles(file)) {
      bytes += Files.size(file.resolveSibling(weights));
    }
    return bytes;
  }
}
