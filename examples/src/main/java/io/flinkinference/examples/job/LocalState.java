package io.flinkinference.examples.job;

import io.flinkinference.local.FlinkPath;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
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

  /** Says whose state it is. It is never deleted: what lies beside it is a job's own. */
  private static final String IDENTITY = "job.properties";

  /** Checkpoints lie in a directory that is named by a job's id. All else is left alone. */
  private static final Pattern STATE = Pattern.compile("[0-9a-f]{32}|savepoint-.*");

  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
  };

  /** Below a job's id: the checkpoint, the file. */
  private static final int DEPTH = 2;

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
   * @throws IllegalStateException if another process has it, or there is state of somebody else
   */
  static LocalState open(Path directory) throws IOException {
    make(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    LocalState state = new LocalState(directory, channel);
    boolean taken = false;
    try {
      state.requireLock();
      state.requireOwn();
      taken = true;
      return state;
    } finally {
      if (!taken) {
        state.close();
      }
    }
  }

  private static void make(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) { // Some versions of Java refuse a link to one.
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(directory)) {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      try {
        Files.createDirectory(directory, posix ? OWNER_ONLY : new FileAttribute<?>[0]);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(directory)) {
          throw e;
        } // Another run made it; the lock says which of the two has it.
      }
    }
  }

  private void requireLock() throws IOException {
    boolean taken;
    try {
      taken = lock.tryLock() != null; // It goes with the channel.
    } catch (OverlappingFileLockException e) {
      taken = false; // In this very process.
    }
    if (!taken) {
      throw new IllegalStateException(
          "A job of this name runs already: it has the lock of "
              + directory
              + ". End it first, or give this one another name.");
    }
  }

  /** The job would go on from what is here, and delete it when it has read all there was. */
  private void requireOwn() throws IOException {
    List<Path> state = state();
    if (!state.isEmpty() && !Files.exists(directory.resolve(IDENTITY))) {
      throw new IllegalStateException(
          "%s has state that this command did not write, such as %s: there is no %s beside it. Name another directory in checkpoints.directory, or give the job another name."
              .formatted(directory, state.get(0).getFileName(), IDENTITY));
    }
  }

  private List<Path> state() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> STATE.matcher(f.getFileName().toString()).matches()).toList();
    }
  }

  /**
   * Notes whose state this is, or looks whether it is the same.
   *
   * @throws IllegalStateException if there is state of another job; the message names what differs
   */
  void claim(Properties identity) throws IOException {
    Path file = directory.resolve(IDENTITY);
    boolean known = newest().isPresent() && Files.exists(file);
    if (known) {
      Properties before = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        before.load(reader);
      }
      for (String name : identity.stringPropertyNames()) {
        String now = identity.getProperty(name);
        if (!now.equals(before.getProperty(name, now))) { // Of an older version some are missing.
          throw new IllegalStateException(
              "%s is %s, but the state in %s is that of a job with %s. Set it back, give the job another name, or begin anew with --fresh."
                  .formatted(name, now, directory, before.getProperty(name)));
        }
      }
    }
    if (!known) {
      write(identity, file);
    }
  }

  /** There is a whole one or none, also where the disk is full. */
  private void write(Properties identity, Path file) throws IOException {
    Path draft = directory.resolve(IDENTITY + ".draft");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      identity.store(writer, null);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where it is, for Flink. */
  String uri() {
    return FlinkPath.of(directory);
  }

  /** Whether the next run will find a savepoint where Flink says that it is. */
  boolean holds(String savepoint) throws IOException {
    var path = new org.apache.flink.core.fs.Path(savepoint);
    if (!"file".equals(path.toUri().getScheme())) {
      return false;
    }
    Path metadata = Path.of(path.getPath()).resolve(METADATA);
    for (Complete one : oldestFirst()) {
      if (Files.exists(metadata) && Files.isSameFile(one.metadata(), metadata)) {
        return true;
      }
    }
    return false;
  }

  /** The newest checkpoint or savepoint that is complete, if there is any. */
  Optional<Path> newest() throws IOException {
    List<Complete> complete = oldestFirst();
    return complete.isEmpty()
        ? Optional.empty()
        : Optional.of(complete.get(complete.size() - 1).metadata().getParent());
  }

  /** All that is complete. A job that has just ended deletes its own meanwhile. */
  private List<Complete> oldestFirst() throws IOException {
    List<Complete> complete = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith(METADATA)) {
              complete.add(new Complete(file, attributes.lastModifiedTime()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        };
    for (Path one : state()) {
      Files.walkFileTree(one, Set.of(), DEPTH, visitor);
    }
    complete.sort(Comparator.comparing(Complete::written));
    return complete;
  }

  /** A checkpoint or savepoint, by its metadata. */
  private record Complete(Path metadata, FileTime written) {}

  /**
   * Forgets everything, so that the next run begins where {@code source.start} says. A job that has
   * read all there was has nothing in flight: its group's offsets say where to go on, and an older
   * savepoint would have records scored again. One that was ended before loses what was in flight,
   * where it starts by its group's offsets.
   */
  void clear() throws IOException {
    // Should this be ended half way, no run goes on from one that is older than the newest.
    for (Complete one : oldestFirst()) {
      Files.deleteIfExists(one.metadata());
    }
    for (Path one : state()) {
      FileUtils.deleteFileOrDirectory(one.toFile());
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
