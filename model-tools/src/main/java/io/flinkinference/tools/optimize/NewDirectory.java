package io.flinkinference.tools.optimize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is there whole or not at all: it is made beside its place and moved there at the
 * end. What is not complete is taken away, also when the process is told to end.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class NewDirectory implements AutoCloseable {

  private final Path place;
  private final Path draft;
  private final Thread cleaner;

  private NewDirectory(Path place, Path draft) {
    this.place = place;
    this.draft = draft;
    this.cleaner = new Thread(this::delete, "unfinished-directory-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /**
   * Begins one.
   *
   * @throws OptimizeException if there is something in its place
   */
  static NewDirectory at(Path path) {
    Path place = path.toAbsolutePath().normalize();
    requireFree(place);
    try {
      Files.createDirectories(place.getParent());
      return new NewDirectory(
          place, Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-"));
    } catch (IOException e) {
      throw new OptimizeException(place + " cannot be made: " + e + ". Name another place.", e);
    }
  }

  static void requireFree(Path place) {
    if (Files.exists(place) && !isEmptyDirectory(place)) {
      throw new OptimizeException(
          place + " is there already, and is kept. Name another directory, or take it away.");
    }
  }

  private static boolean isEmptyDirectory(Path place) {
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new OptimizeException(place + " cannot be listed: " + e + ".", e);
    }
  }

  /** Where its files are written until it is complete. */
  Path draft() {
    return draft;
  }

  /** Puts it into its place. */
  void complete() throws IOException {
    requireFree(place);
    Files.deleteIfExists(place);
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook finds nothing.
    }
  }

  private void delete() {
    if (!Files.exists(draft)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(draft)) {
      List<Path> innermostFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : innermostFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new OptimizeException(draft + " cannot be taken away: " + e + ". Delete it.", e);
    }
  }
}
