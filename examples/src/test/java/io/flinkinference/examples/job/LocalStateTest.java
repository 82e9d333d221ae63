package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.local.FlinkPath;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {

  private static final String JOB = "0123456789abcdef0123456789abcdef";

  private static final int ROUNDS = 20;
  private static final int CHECKPOINTS = 200;

  @TempDir Path directory;

  private Path checkpoint(String name, int second, boolean complete) throws Exception {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    if (complete) {
      Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
      Files.setLastModifiedTime(metadata, FileTime.fromMillis(1_000L * second));
    }
    return checkpoint;
  }

  @Test
  void theNewestThatIsCompleteIsTaken() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      assertThat(state.newest()).isEmpty();
      checkpoint("savepoint-1", 1, true);
      Path second = checkpoint(JOB + "/chk-2", 2, true);
      checkpoint(JOB + "/chk-3", 3, false);
      assertThat(state.newest()).contains(second);
      Path savepoint = checkpoint("savepoint-4", 4, true);
      assertThat(state.newest()).contains(savepoint);
    }
  }

  @Test
  void flinkWritesIntoTheDirectoryWhateverItsName() throws Exception {
    Path named = directory.resolve("50% of%2Etexts");
    try (LocalState state = LocalState.open(named)) {
      FileSystem.getLocalFileSystem()
          .mkdirs(new org.apache.flink.core.fs.Path(state.uri(), "savepoint-1"));
      assertThat(named.resolve("savepoint-1")).isDirectory();
    }
  }

  /** However the path is written: elsewhere, a run that goes on would not find it. */
  @Test
  void savepointsOfTheDirectoryAreItsOwn() throws Exception {
    Path named = directory.resolve("a%2Eb c");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    try (LocalState state = LocalState.open(link.resolve("./a%2Eb c"))) {
      checkpoint("a%2Eb c/savepoint-1", 1, true);
      checkpoint("a%2Eb c/savepoint-old/savepoint-1", 1, true);
      checkpoint("a%2Eb c/below/savepoint-1", 1, true);
      assertThat(state.holds(FlinkPath.of(named.resolve("savepoint-1")))).isTrue();
      assertThat(state.holds(FlinkPath.of(named.resolve("savepoint-old/savepoint-1")))).isTrue();
      assertThat(state.holds(FlinkPath.of(named.resolve("below/savepoint-1")))).isFalse();
      assertThat(state.holds(FlinkPath.of(directory.resolve("savepoint-1")))).isFalse();
      assertThat(state.holds("s3://bucket" + named + "/savepoint-1")).isFalse();
    }
  }

  @Test
  void clearingLeavesNothingToGoOnFrom() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      checkpoint(JOB + "/chk-2", 2, true);
      state.clear();
      assertThat(state.newest()).isEmpty();
    }
  }

  /** Flink deletes a job's checkpoints after it has told that the job ended. */
  @Test
  void checkpointsMayGoWhileTheyAreLookedFor() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      for (int i = 0; i < ROUNDS; i++) {
        for (int j = 0; j < CHECKPOINTS; j++) {
          checkpoint(JOB + "/chk-" + j, j, true);
        }
        CompletableFuture<Void> flink =
            CompletableFuture.runAsync(
                () -> FileUtils.deleteDirectoryQuietly(directory.resolve(JOB).toFile()));
        state.clear();
        flink.join();
        assertThat(state.newest()).isEmpty();
      }
    }
  }

  /** Else a run after one that was killed then would go on from an old savepoint. */
  @Test
  void clearingHalfWayLeavesNoOlderStateThanTheNewest() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      state.claim(new Properties());
      checkpoint("savepoint-1", 1, true);
      Path newest = checkpoint(JOB + "/chk-2", 2, true);
      Path metadata = newest.resolve("_metadata");
      Files.delete(metadata);
      // A directory with a file in it cannot be deleted as one file.
      Files.createFile(Files.createDirectory(metadata).resolve("held"));
      Files.setLastModifiedTime(metadata, FileTime.fromMillis(2_000));
      assertThatThrownBy(state::clear).isInstanceOf(DirectoryNotEmptyException.class);
      assertThat(state.newest()).contains(newest);
      assertThat(directory.resolve("savepoint-1/_metadata")).doesNotExist();
    }
  }

  /** A disk that is full when the job starts again leaves a file of no bytes. */
  @Test
  void whoseStateItIsIsNotWrittenAnew() throws Exception {
    Properties identity = new Properties();
    identity.setProperty("source", "texts");
    try (LocalState state = LocalState.open(directory)) {
      state.claim(identity);
      checkpoint(JOB + "/chk-2", 2, true);
      Path file = directory.resolve("job.properties");
      FileTime longAgo = FileTime.fromMillis(1_000);
      Files.setLastModifiedTime(file, longAgo);
      state.claim(identity);
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
      assertThat(directory.resolve("job.properties.draft")).doesNotExist();
    }
  }

  @Test
  void stateOfSomebodyElseIsRefused() throws Exception {
    checkpoint(JOB + "/chk-2", 2, true);
    assertThatThrownBy(() -> LocalState.open(directory))
        .hasMessageContaining(JOB)
        .hasMessageContaining("checkpoints.directory");
  }

  /** Such as those of a file browser or of a file system. */
  @Test
  void filesOfSomebodyElseAreNeitherTakenForStateNorDeleted() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data")).resolve("_metadata");
    Files.writeString(data, "of Parquet");
    try (LocalState state = LocalState.open(directory)) {
      state.claim(new Properties());
      assertThat(state.newest()).isEmpty();
      checkpoint(JOB + "/chk-2", 2, true);
      state.clear();
      assertThat(state.newest()).isEmpty();
    }
    LocalState.open(directory).close();
    assertThat(data).hasContent("of Parquet");
  }

  @Test
  void whatAKilledRunDidNotClearIsTheJobsOwn() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      state.claim(new Properties());
      state.clear();
      checkpoint(JOB + "/chk-2", 2, false);
    }
    LocalState.open(directory).close();
  }

  @Test
  void aDirectoryThatIsMadeIsItsOwnersAlone() throws Exception {
    Path made = directory.resolve("state/reviews");
    LocalState.open(made).close();
    assertThat(Files.getPosixFilePermissions(made))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void stateOfAnotherJobIsNotTaken() throws Exception {
    Properties identity = new Properties();
    identity.setProperty("source", "texts");
    Properties other = new Properties();
    other.setProperty("source", "others");
    try (LocalState state = LocalState.open(directory)) {
      state.claim(identity);
      state.claim(other); // There is nothing yet to go on from.
      checkpoint(JOB + "/chk-2", 2, true);
      state.claim(other);
      assertThatThrownBy(() -> state.claim(identity))
          .hasMessageContaining("source is texts, but the state in")
          .hasMessageContaining("with others")
          .hasMessageContaining("--fresh");
    }
  }

  @Test
  void twoRunsDoNotShareAState() throws Exception {
    try (LocalState state = LocalState.open(directory)) {
      assertThat(state.uri()).startsWith("file:");
      checkpoint(JOB + "/chk-2", 2, true);
      assertThatThrownBy(() -> LocalState.open(directory))
          .hasMessageContaining("A job of this name runs already");
      state.claim(new Properties());
    }
    LocalState.open(directory).close();
  }
}
