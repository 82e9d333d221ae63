package io.flinkinference.local;

import java.nio.file.Path;

/** Paths of this machine as Flink's options take them. */
public final class FlinkPath {

  private FlinkPath() {}

  /**
   * A URI in which nothing is escaped. That of {@link Path#toUri} has blanks, percent signs and
   * other characters escaped, Flink escapes it once more, and so writes into another directory.
   */
  public static String of(Path path) {
    return org.apache.flink.core.fs.Path.fromLocalFile(path.toFile()).toString();
  }
}
