package io.flinkinference.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** Deletes whole directories. */
final class Directories {

  private Directories() {}

  /**
   * Deletes a directory and all in it; does nothing where there is none. A running broker may
   * delete files of its own at the same time.
   */
  static void delete(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Directory " + directory + " cannot be deleted.", e);
    }
  }
}
