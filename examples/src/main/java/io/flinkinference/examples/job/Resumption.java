package io.flinkinference.examples.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds from which checkpoint or savepoint a job on this machine goes on. */
final class Resumption {

  /** Flink writes it last: a checkpoint without it is not complete. */
  private static final String METADATA = "_metadata";

  /** The directory, a job's id, the checkpoint. */
  private static final int DEPTH = 4;

  private Resumption() {}

  /** The newest that is complete, if there is any. */
  static Optional<Path> newest(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .max(Comparator.comparing(Resumption::written))
          .map(Path::getParent);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Flink deletes old ones at any time.
      return FileTime.fromMillis(0);
    }
  }
}
