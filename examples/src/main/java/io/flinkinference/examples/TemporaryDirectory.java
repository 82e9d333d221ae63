package io.flinkinference.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that goes with its user.
 *
 * @param path where it is
 */
record TemporaryDirectory(Path path) implements AutoCloseable {

  /** Makes one in another directory. */
  static TemporaryDirectory in(Path parent) throws IOException {
    return new TemporaryDirectory(Files.createDirectory(parent.resolve("work")));
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // Flink deletes files of its own at the same time when the process is ended by a signal.
      return;
    }
  }
}
