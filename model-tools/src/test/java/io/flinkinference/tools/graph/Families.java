package io.flinkinference.tools.graph;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
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
}
