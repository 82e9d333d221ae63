package io.flinkinference.benchmarks;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that is written anew after each benchmark, and is whole at any time: each is written
 * beside it and moved there, or copied where it cannot be moved.
 *
 * @param place the file, or what a link to it leads to
 */
record ReportFile(Path place) {

  /**
   * Checks before hours of work that the file can be written.
   *
   * @param option of the command line that names it
   * @param file as the user names it
   * @throws IllegalArgumentException if it cannot; the message says why, for the user
   */
  static ReportFile of(String option, Path file) {
    Path place = resolved(file.toAbsolutePath());
    if (Files.isDirectory(place)) {
      throw wrong(option, file, "is a directory");
    }
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      throw wrong(option, file, "is there and is no regular file");
    }
    Path parent = place.getParent();
    if (!Files.isDirectory(parent)) {
      throw wrong(option, file, "cannot be written, for there is no directory " + parent);
    }
    if (!Files.isWritable(parent) || (Files.exists(place) && !Files.isWritable(place))) {
      throw wrong(option, file, "cannot be written");
    }
    return new ReportFile(place);
  }

  private static Path resolved(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      return file; // What is wrong with it shows when it is checked.
    }
  }

  private static IllegalArgumentException wrong(String option, Path file, String what) {
    return new IllegalArgumentException(
        "%s %s %s. Name another file.".formatted(option, file, what));
  }

  /** Writes it; where that fails, what was there before stays. */
  void write(Content content) throws IOException {
    // A temporary file of the library could be read by its owner alone.
    Path draft = place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID());
    try {
      content.writeTo(draft);
      replace(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void replace(Path draft) throws IOException {
    try {
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // A file that is mounted by itself, as into a container, cannot be replaced.
      Files.write(place, Files.readAllBytes(draft));
    }
  }

  /** What is in it. */
  interface Content {

    void writeTo(Path file) throws IOException;
  }
}
