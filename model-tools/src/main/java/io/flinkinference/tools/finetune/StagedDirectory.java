package io.flinkinference.tools.finetune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is there whole or not at all: it is filled under another name beside its place,
 * and moved when all is in it. What was not committed is deleted, also when the process is ended.
 *
 * <p><b>Thread safety:</b> for one thread; the end of the process may come at any time.
 */
final class StagedDirectory implements AutoCloseable {

  private final Path target;
  private final Path staging;
  private final Thread atEnd = new Thread(this::delete, "staged-directory");

  private StagedDirectory(Path target, Path staging) {
    this.target = target;
    this.staging = staging;
  }

  /**
   * Begins a directory.
   *
   * @throws FinetuneException if something is in its place
   */
  static StagedDirectory at(Path target) throws IOException {
    Path place = target.toAbsolutePath().normalize();
    requireFree(place);
    Files.createDirectories(place.getParent());
    Path staging = Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-");
    StagedDirectory directory = new StagedDirectory(place, staging);
    Runtime.getRuntime().addShutdownHook(directory.atEnd);
    return directory;
  }

  /** Checks that a directory can be made, before hours of work for it. */
  static void requireFree(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      try (Stream<Path> content = Files.list(target)) {
        if (content.findAny().isEmpty()) {
          return;
        }
      }
    }
    if (Files.exists(target)) {
      throw new FinetuneException(
          target + " is there already, and nothing is overwritten. Delete it, or name another.");
    }
  }

  /** Where to write. */
  Path path() {
    return staging;
  }

  /** Puts the directory in its place. */
  void commit() throws IOException {
    Files.deleteIfExists(target);
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook does the same.
      return;
    }
  }

  private void delete() {
    if (!Files.exists(staging)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(staging)) {
      List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println(staging + " could not be deleted: " + e.getMessage());
    }
  }
}
