package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a model of up to 2 GB, and the files of weights beside it. */
public final class OnnxReader {

  private OnnxReader() {}

  /**
   * Reads a model.
   *
   * @throws GraphException if it is not one, has parts that are not known here, or could not be
   *     written as one file, as all is that runs here
   */
  public static Graph read(Path file) {
    return read(file, OnnxWriter.MOST_BYTES);
  }

  /**
   * Reads a model.
   *
   * @param mostBytes its constants have less
   */
  static Graph read(Path file, long mostBytes) {
    try {
      ModelProto model = model(file);
      requireLess(model.getGraph(), mostBytes);
      return graph(model, new TensorReader(file));
    } catch (IOException e) {
      throw new GraphException(
          file + " cannot be read as an ONNX model: " + e.getMessage() + " Export it again.", e);
    } catch (GraphException e) {
      throw new GraphException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Weights stay where they were read to: as a stream they would be in memory twice for a while.
   * The file is not mapped, for it may be written again.
   */
  private static ModelProto model(Path file) throws IOException {
    if (Files.size(file) >= OnnxWriter.MOST_BYTES) {
      throw new IOException("It has 2 GB or more, which no model in one file has.");
    }
    CodedInputStream coded =
        UnsafeByteOperations.unsafeWrap(Files.readAllBytes(file)).newCodedInput();
    coded.enableAliasing(true);
    return ModelProto.parseFrom(coded);
  }

  /** Before they are read: the heap may not hold them either. */
  private static void requireLess(GraphProto graph, long mostBytes) {
    long bytes = graph.getInitializerList().stream().mapToLong(TensorReader::bytes).sum();
    if (bytes >= mostBytes) {
      throw new GraphException(
          String.format(
              Locale.ROOT,
              "Its weights take %,d bytes. As exported they have to fit into one file of 2 GB, so"
                  + " into less than %,d bytes, also where a smaller form is to be made. Take a"
                  + " smaller model. A head can be put on the fp16 export of this one too, and the"
                  + " operator runs it as it is.",
              bytes,
              mostBytes));
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
    if (model.getGraph().getSparseInitializerCount() > 0) {
      throw new GraphException("It has sparse weights. Export it with dense ones.");
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
    try {
      return model(file).getGraph().getInitializerList().stream()
          .filter(one -> one.getDataLocation() == TensorProto.DataLocation.EXTERNAL)
          .map(one -> TensorReader.external(one, "location").orElse(""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new GraphException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
