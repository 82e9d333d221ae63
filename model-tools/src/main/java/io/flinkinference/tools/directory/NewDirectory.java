package io.flinkinference.tools.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.ShutdownHookUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that is there whole or not at all: it is made beside its place and moved there at the
 * end. What is not complete is taken away, also when the process is told to end.
 *
 * <p><b>Thread safety:</b> for one thread. That which ends the process may come in between, and
 * what it has taken away is not put into its place.
 */
public final class NewDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NewDirectory.class);
  private static final String NAME = "unfinished directory";

  private final Path place;
  private final Path draft;
  private final Thread cleaner;
  private boolean gone; // Guarded by this.

  private NewDirectory(Path place, Path draft) {
    this.place = place;
    this.draft = draft;
    this.cleaner = ShutdownHookUtil.addShutdownHook(this::delete, NAME, LOG);
  }

  /**
   * Begins one.
   *
   * @param path where it is to be; of a link, what it leads to
   * @throws DirectoryException if there is something in its place, or it cannot be put there
   */
  public static NewDirectory at(Path path) {
    requireFree(path);
    try {
      Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
      requireReplaceable(place);
      Files.createDirectories(place.getParent());
      // A directory for temporary files could be read by its owner alone.
      Path draft = place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID());
      return new NewDirectory(place, Files.createDirectory(draft));
    } catch (IOException e) {
      throw new DirectoryException(path + " cannot be made: " + e + ". Name another place.", e);
    }
  }

  /** Else it would be found out at the end, and all the work be for nothing. */
  private static void requireReplaceable(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try {
      Files.delete(place);
      Files.createDirectory(place);
    } catch (IOException e) {
      throw new DirectoryException(
          place
              + " cannot be replaced ("
              + e
              + "); perhaps it is a mount point. Name a directory in it.",
          e);
    }
  }

  /** Checks that a directory can be made, before hours of work for it. */
  public static void requireFree(Path place) {
    if (Files.isSymbolicLink(place) && !Files.exists(place)) {
      throw new DirectoryException(
          place + " is a link to what is not there. Make that directory, or name another.");
    }
    if (Files.exists(place) && !isEmptyDirectory(place)) {
      throw new DirectoryException(
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
      throw new DirectoryException(place + " cannot be listed: " + e + ".", e);
    }
  }

  /** Where its files are written until it is complete. */
  public Path draft() {
    return draft;
  }

  /**
   * Puts it into its place.
   *
   * @throws DirectoryException if something is there by now, or this was closed
   */
  public synchronized void complete() throws IOException {
    if (gone) {
      throw new DirectoryException(place + " is not made: the process is told to end.");
    }
    requireFree(place);
    Files.deleteIfExists(place);
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    delete();
    ShutdownHookUtil.removeShutdownHook(cleaner, NAME, LOG);
  }

  private synchronized void delete() {
    gone = true;
    try {
      FileUtils.deleteDirectory(draft.toFile());
    } catch (IOException e) {
      throw new DirectoryException(draft + " cannot be taken away: " + e + ". Delete it.", e);
    }
  }
}
