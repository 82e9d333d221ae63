package io.flinkinference.reliability.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory of the checkpoints, which can fail. The job knows a link to it; to make it fail,
 * the link is turned to a plain file, in which nobody can make directories, root included.
 */
final class CheckpointStorage {

  private final Path link;
  private final Path good;
  private final Path bad;

  CheckpointStorage(Path directory) throws IOException {
    link = directory.resolve("checkpoints");
    good = Files.createDirectory(directory.resolve("good-storage"));
    bad = Files.createFile(directory.resolve("bad-storage"));
    mend();
  }

  String uri() {
    return link.toUri().toString();
  }

  void fail() throws IOException {
    turnTo(bad);
  }

  void mend() throws IOException {
    turnTo(good);
  }

  private void turnTo(Path target) throws IOException {
    Path next = Files.createSymbolicLink(link.resolveSibling("next"), target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
