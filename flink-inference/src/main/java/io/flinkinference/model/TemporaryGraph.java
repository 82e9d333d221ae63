package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for a graph, in the cache directory, that is there until this is closed. ONNX Runtime has
 * read it by the time that a session is open.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class TemporaryGraph implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryGraph.class);

  /** Nobody takes so long from writing a graph to having opened it. */
  static final Duration LEFT_BEHIND = Duration.ofMinutes(15);

  private final Path file;

  private TemporaryGraph(Path file) {
    this.file = file;
  }

  /**
   * Creates an empty file, and takes those away that processes left behind which were killed: a
   * container that is started again and again would fill its disk.
   *
   * @throws IOException if there can be none; the message says where
   */
  public static TemporaryGraph create() throws IOException {
    Path directory = CacheDirectory.subdirectory("graphs");
    removeLeftBehind(directory);
    return new TemporaryGraph(Files.createTempFile(directory, "graph", ".onnx"));
  }

  private static void removeLeftBehind(Path directory) throws IOException {
    FileTime since = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "graph*.onnx")) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).compareTo(since) < 0) {
            Files.deleteIfExists(file);
          }
        } catch (IOException e) {
          LOG.debug("The file {} was left behind, and is gone or not ours.", file, e);
        }
      }
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The file {} cannot be taken away. Delete it.", file, e);
    }
  }
}
