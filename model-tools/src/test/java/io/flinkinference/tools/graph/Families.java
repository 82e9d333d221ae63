package io.flinkinference.tools.graph;

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
}
