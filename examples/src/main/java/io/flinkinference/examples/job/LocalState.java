package io.flinkinference.examples.job;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * The directory in which a job on this machine keeps its checkpoints and savepoints. One process at
 * a time has it: two would write in each other's transactions.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class LocalState implements AutoCloseable {

  /** Flink writes it last: a checkpoint without it is not complete. */
  private static final String METADATA = "_metadata";

  private static final String LOCK = ".lock";
  private static final String IDENTITY = "job.properties";

  /** Checkpoints lie in a directory that is named by a job's id. */
  private static final Pattern STATE =
      Pattern.compile("[0-9a-f]{32}|savepoint-.*|job\\.properties");

  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
  };

  /** A job's id, the checkpoint, the file. */
  private static final int DEPTH = 3;

  private final Path directory;
  private final FileChannel lock;

  private LocalState(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes the directory, which is made if it is not there, then for its owner alone: texts in
   * flight are part of the state.
   *
   * @throws IllegalStateException if another process has it, or there are files of somebody else
   */
  static LocalState open(Path directory) throws IOException {
    make(directory);
    refuseForeign(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = lock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new IllegalStateException(
          "A job of this name runs already: it has the lock of "
              + directory
              + ". End it first, or give this one another name.");
    }
    return new LocalState(directory, channel);
  }

  private static void make(Path directory) throws IOException {
    Files.createDirectories(directory.toAbsolutePath().getParent());
    if (!Files.isDirectory(directory)) {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      Files.createDirectory(directory, posix ? OWNER_ONLY : new FileAttribute<?>[0]);
    }
  }

  /** What is here is deleted when the job has read all there was. */
  private static void refuseForeign(Path directory) throws IOException {
    if (Files.exists(directory.resolve(IDENTITY))) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      Path foreign = files.filter(file -> !file.endsWith(LOCK)).findFirst().orElse(null);
      if (foreign != null) {
        throw new IllegalStateException(
            "%s has files that are not the state of a job, such as %s, and would be deleted with it. Name another directory in checkpoints.directory, or give the job another name."
                .formatted(directory, foreign.getFileName()));
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null; // It goes with the channel.
    } catch (OverlappingFileLockException e) {
      return false; // In this very process.
    }
  }

  /**
   * Notes whose state this is, or looks whether it is the same.
   *
   * @throws IllegalStateException if there is state of another job; the message names what differs
   */
  void claim(Properties identity) throws IOException {
    Path file = directory.resolve(IDENTITY);
    if (newest().isPresent() && Files.exists(file)) {
      Properties before = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        before.load(reader);
      }
      for (String name : identity.stringPropertyNames()) {
        if (!identity.getProperty(name).equals(before.getProperty(name))) {
          throw new IllegalStateException(
              "%s is %s, but the state in %s is that of a job with %s. Set it back, give the job another name, or begin anew with --fresh."
                  .formatted(
                      name, identity.getProperty(name), directory, before.getProperty(name)));
        }
      }
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      identity.store(writer, null);
    }
  }

  /** Where it is, for Flink. */
  String uri() {
    return directory.toUri().toString();
  }

  /** The newest checkpoint or savepoint that is complete, if there is any. */
  Optional<Path> newest() throws IOException {
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .max(Comparator.comparing(LocalState::written))
          .map(Path::getParent);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      return FileTime.fromMillis(0); // Deleted this very moment.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Forgets everything, so that the next run begins where {@code source.start} says. A job that has
   * read all there was has nothing in flight: its group's offsets say where to go on, and an older
   * savepoint would have records scored again. One that was ended before loses what was in flight,
   * where it starts by its group's offsets.
   */
  void clear() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(f -> STATE.matcher(f.getFileName().toString()).matches()).toList()) {
        FileUtils.deleteFileOrDirectory(file.toFile());
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
