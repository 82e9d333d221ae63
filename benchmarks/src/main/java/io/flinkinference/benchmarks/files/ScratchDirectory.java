package io.flinkinference.benchmarks.files;

import io.flinkinference.model.CacheDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.ShutdownHookUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for models that a benchmark makes, in the cache directory. It is there until this is
 * closed or the process is told to end.
 *
 * <p><b>Thread safety:</b> for one thread; one of its own deletes when the process ends.
 */
public final class ScratchDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
  private static final String NAME = "scratch directory";

  /** No benchmark takes so long. */
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Path path;
  private final Thread cleaner;

  private ScratchDirectory(Path path) {
    this.path = path;
    this.cleaner = ShutdownHookUtil.addShutdownHook(this::delete, NAME, LOG);
  }

  /**
   * Creates an empty one, and takes those away that processes left behind which were killed.
   *
   * @throws IOException if there can be none; the message says where
   */
  public static ScratchDirectory create() throws IOException {
    return in(CacheDirectory.subdirectory("benchmarks"));
  }

  static ScratchDirectory in(Path parent) throws IOException {
    FileTime since = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        try {
          if (Files.getLastModifiedTime(entry).compareTo(since) < 0) {
            FileUtils.deleteFileOrDirectory(entry.toFile());
          }
        } catch (IOException e) {
          LOG.debug("{} was left behind, and is gone or not ours.", entry, e);
        }
      }
    }
    return new ScratchDirectory(Files.createTempDirectory(parent, "run"));
  }

  /** Where files can be made. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete();
    ShutdownHookUtil.removeShutdownHook(cleaner, NAME, LOG);
  }

  private void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try {
      FileUtils.deleteFileOrDirectory(path.toFile());
    } catch (IOException e) {
      LOG.warn("{} cannot be taken away. A later benchmark tries it again.", path, e);
    }
  }
}
