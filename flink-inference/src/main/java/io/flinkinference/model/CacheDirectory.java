package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * Where files are put that must lie on disk: bundled models and native libraries, which the class
 * path holds; the graph of a {@link TemporaryGraph}; models that benchmarks make.
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
    try {
      if (!Files.isDirectory(root)) { // Some versions of Java refuse a link to one.
        Files.createDirectories(root, ownerOnly());
      }
      if (!isChosen()) {
        requireOwn(root);
      }
      return Files.createDirectories(root.resolve(name), ownerOnly());
    } catch (IOException e) {
      throw new IOException(
          "Cannot use the cache directory "
              + root.resolve(name)
              + ": "
              + reason(e)
              + ". "
              + (isChosen() ? "Name" : "Let this user alone write there (chmod 700), or name")
              + " a writable one with the system property "
              + PROPERTY
              + ".",
          e);
    }
  }

  /** The message of most exceptions of files is a path alone, and the class says what is wrong. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException file && file.getReason() == null
        ? e.toString()
        : e.getMessage();
  }

  static void requireOwn(Path root) throws IOException {
    if (!isPosix()) {
      return;
    }
    PosixFileAttributes found =
        Files.readAttributes(root, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()) {
      throw new IOException(root + " is a link or no directory");
    }
    if (!found.owner().equals(thisUser())) {
      throw new IOException(
          root
              + " belongs to "
              + found.owner().getName()
              + ", so what is in it need not be this user's");
    }
    if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "others than its owner may write to "
              + root
              + " ("
              + PosixFilePermissions.toString(found.permissions())
              + ")");
    }
  }

  /** As files tell it: a user of a container may have no name. */
  private static UserPrincipal thisUser() throws IOException {
    Path own = Files.createTempFile("flink-inference", ".owner");
    try {
      return Files.getOwner(own);
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
