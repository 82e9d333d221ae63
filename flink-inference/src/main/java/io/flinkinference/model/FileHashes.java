package io.flinkinference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * SHA-256 of files, remembered as long as the files stay as they are: all subtasks of a process ask
 * for that of the same 90 megabytes.
 *
 * <p>Files are the same while path, size, time of last change and, where the file system has it,
 * the file key (inode) are. A file that was changed just before it was read is not remembered: one
 * more change could leave all of these as they are.
 *
 * <p><b>Thread safety:</b> may be used by any thread. Of those who ask for the same files at once,
 * one reads them; the others wait for it.
 */
final class FileHashes {

  /** The coarsest clock of a common file system, that of FAT. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  static final FileHashes SHARED = new FileHashes(Sha256::of);

  private final Function<List<Path>, String> hash;

  /** One entry for each list of paths, so no more than there are models. */
  private final ConcurrentHashMap<List<Path>, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param hash computes the digest of the files one after the other
   */
  FileHashes(Function<List<Path>, String> hash) {
    this.hash = hash;
  }

  /**
   * The digest of the files one after the other; of a single file it is the file's own.
   *
   * @throws ModelException if a file cannot be read, or the thread is interrupted while it waits
   *     for another; then it stays interrupted
   */
  String of(List<Path> files) {
    List<Identity> now = identities(files);
    Entry entry =
        entries.compute(
            List.copyOf(files),
            (paths, known) ->
                known != null && known.files.equals(now)
                    ? known
                    : new Entry(now, new FutureTask<>(() -> hash.apply(paths))));
    boolean keep = false;
    try {
      // Does nothing where another thread has begun with it.
      entry.digest.run();
      String digest = entry.digest.get();
      keep = entry.isSettled() && now.equals(identities(files));
      return digest;
    } catch (InterruptedException e) {
      keep = true;
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while another thread reads " + files + ".", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof ModelException
          ? new ModelException(cause.getMessage(), cause)
          : new ModelException("Cannot hash " + files + ": " + cause, cause);
    } finally {
      if (!keep) {
        entries.remove(files, entry);
      }
    }
  }

  private static List<Identity> identities(List<Path> files) {
    List<Identity> identities = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        identities.add(
            new Identity(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
      } catch (IOException e) {
        throw new ModelException("Cannot read " + file + ": " + e + ".", e);
      }
    }
    return identities;
  }

  /**
   * @param key null where the file system has none
   */
  private record Identity(long size, FileTime changed, Object key) {}

  private static final class Entry {
    private final List<Identity> files;
    private final FutureTask<String> digest;
    private final Instant madeAt = Instant.now();

    Entry(List<Identity> files, FutureTask<String> digest) {
      this.files = files;
      this.digest = digest;
    }

    /** Whether one more change, at the time when the reading began, would have been seen. */
    boolean isSettled() {
      Instant latest = madeAt.minus(CLOCK);
      return files.stream().allMatch(file -> file.changed.toInstant().isBefore(latest));
    }
  }
}
