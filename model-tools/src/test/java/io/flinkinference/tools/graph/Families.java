package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tiny models of all families, which the module flink-inference keeps with reference answers. */
public final class Families {

  private static final Path ALL =
      Path.of("../flink-inference/src/test/resources/reference/families");

  private Families() {}

  /** Directories such as {@code bert/single-label}. */
  public static List<Path> all() throws IOException {
    try (Stream<Path> tree = Files.walk(ALL)) {
      return tree.filter(file -> file.endsWith("expected.json"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  /** One of them. */
  public static Path of(String family, String task) {
    return ALL.resolve(family).resolve(task);
  }

  /** Copies one of them, to be changed. */
  public static Path copy(Path model, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(model)) {
      for (Path from : tree.sorted().toList()) {
        Files.copy(from, to.resolve(model.relativize(from).toString()));
      }
    }
    return to;
  }

  /** Copies one whose only output is to have another name, as exports by hand have it. */
  public static Path copyWithOutput(String name, Path model, Path to) throws IOException {
    Path file = copy(model, to).resolve("model.onnx");
    Graph graph = OnnxReader.read(file);
    ValueInfoProto output = graph.outputs().get(0);
    graph.add(Node.of("Identity", List.of(output.getName()), name));
    graph.setOutputs(List.of(output.toBuilder().setName(name).build()));
    OnnxWriter.write(graph, file);
    return to;
  }

  /** Copies one whose graph is as ONNX Runtime's own optimiser writes it. */
  public static Path copyOptimized(OptLevel level, Path model, Path to)
      throws IOException, OrtException {
    Path file = copy(model, to).resolve("model.onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setOptimizedModelFilePath(file.toString());
      // It warns that the file is for machines like this one.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtEnvironment.getEnvironment()
          .createSession(model.resolve("model.onnx").toString(), options)
          .close();
    }
    return to;
  }

  /** Copies one whose weights are to lie in a file beside the graph. */
  public static Path copyWithWeights(String name, Path model, Path to) throws IOException {
    Path file = copy(model, to).resolve("model.onnx");
    ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    ByteArrayOutputStream weights = new ByteArrayOutputStream();
    for (TensorProto.Builder tensor : proto.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.hasRawData() && !tensor.getRawData().isEmpty()) {
        tensor
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", name))
            .addExternalData(entry("offset", Integer.toString(weights.size())))
            .addExternalData(entry("length", Integer.toString(tensor.getRawData().size())));
        tensor.getRawData().writeTo(weights);
        tensor.clearRawData();
      }
    }
    Files.write(to.resolve(name), weights.toByteArray());
    Files.write(file, proto.build().toByteArray());
    return to;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
