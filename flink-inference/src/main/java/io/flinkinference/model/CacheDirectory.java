package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where files are put that the class path holds but that must lie on disk: bundled models and
 * native libraries.
 *
 * <p>It is the directory that the system property {@value #PROPERTY} names, or else {@code
 * flink-inference-USER} in {@code java.io.tmpdir}, so that users of one machine do not share it and
 * a home that is read-only does no harm. There another user could have made it, with a model or a
 * library of his own in it, so it has to be this user's alone. Who names a directory answers for
 * it.
 */
public final class CacheDirectory {

  /** System property that names the directory. */
  public static final String PROPERTY = "flink.inference.cache.dir";

  private CacheDirectory() {}

  /**
   * A directory below the cache directory, created if need be, then readable by its owner only.
   *
   * @throws IOException if it cannot be created, or others may write where it is; the message names
   *     it and the system property
   */
  public static Path subdirectory(String name) throws IOException {
    Path root = root();
    Path directory = root.resolve(name);
    try {
      Files.createDirectories(directory, ownerOnly());
      if (!isChosen()) {
        requireOwn(root);
      }
      return directory;
    } catch (IOException e) {
      throw new IOException(
          "Cannot use the cache directory "
              + directory
              + ": "
              + e.getMessage()
              + ". Name another with the system property "
              + PROPERTY
              + ".",
          e);
    }
  }

  static void requireOwn(Path root) throws IOException {
    if (!isPosix()) {
      return;
    }
    PosixFileAttributes found =
        Files.readAttributes(root, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path own = Files.createTempFile("flink-inference", ".owner");
    try {
      boolean foreign = !found.isDirectory() || !found.owner().equals(Files.getOwner(own));
      boolean open =
          found.permissions().contains(PosixFilePermission.GROUP_WRITE)
              || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
      if (foreign || open) {
        throw new IOException(
            root
                + " belongs to "
                + found.owner().getName()
                + " with "
                + PosixFilePermissions.toString(found.permissions())
                + ", so what is in it need not be this user's");
      }
    } finally {
      Files.delete(own);
    }
  }

  private static boolean isChosen() {
    return !System.getProperty(PROPERTY, "").isBlank();
  }

  private static Path root() {
    if (isChosen()) {
      return Path.of(System.getProperty(PROPERTY)).toAbsolutePath();
    }
    // In a container whose user has no name, user.name is "?" or a number.
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "flink-inference-" + user)
        .toAbsolutePath();
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (isPosix()) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
      };
    }
    return new FileAttribute<?>[0];
  }
}
