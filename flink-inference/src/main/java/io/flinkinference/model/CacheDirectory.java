package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where files are put that the class path holds but that must lie on disk: bundled models and
 * native libraries.
 *
 * <p>It is the directory that the system property {@value #PROPERTY} names, or else {@code
 * flink-inference-USER} in {@code java.io.tmpdir}, so that users of one machine do not share it and
 * a home that is read-only does no harm.
 */
public final class CacheDirectory {

  /** System property that names the directory. */
  public static final String PROPERTY = "flink.inference.cache.dir";

  private CacheDirectory() {}

  /**
   * A directory below the cache directory, created if need be and readable by its owner only.
   *
   * @throws IOException if it cannot be created; the message names it and the system property
   */
  public static Path subdirectory(String name) throws IOException {
    Path directory = root().resolve(name);
    try {
      return Files.createDirectories(directory, ownerOnly());
    } catch (IOException e) {
      throw new IOException(
          "Cannot create the cache directory "
              + directory
              + ". Name a writable one with the system property "
              + PROPERTY
              + ".",
          e);
    }
  }

  private static Path root() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen).toAbsolutePath();
    }
    // In a container whose user has no name, user.name is "?" or a number.
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "flink-inference-" + user)
        .toAbsolutePath();
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
      };
    }
    return new FileAttribute<?>[0];
  }
}
