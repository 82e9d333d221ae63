package io.flinkinference.model;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Models in directories. An id is the path of a directory or of one graph in it. */
final class DirectoryRepository implements ModelRepository {

  @Override
  public Model resolve(String id, GraphChoice choice) {
    return ModelDirectoryReader.read(
        existing(id)
            .orElseThrow(
                () -> new ModelException("There is neither a directory nor a file " + id + ".")),
        choice);
  }

  /** The path that an id stands for, if there is anything. */
  static Optional<Path> existing(String id) {
    try {
      return id.isBlank() ? Optional.empty() : Optional.of(Path.of(id)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
