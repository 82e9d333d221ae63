package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureWordsTest {

  @TempDir private Path directory;

  /** The message of each is its path. */
  @Test
  void pathsComeWithWhatIsWrongWithThem() {
    Path gone = directory.resolve("gone.txt");
    Exception missing = catchException(() -> Files.readString(gone));
    assertThat(FailureWords.of(missing)).isEqualTo("There is no file or directory " + gone + ".");
    assertThat(FailureWords.of(new AccessDeniedException("/locked/a")))
        .isEqualTo(
            "Access to /locked/a is denied. Look at the rights of it and of the directories above"
                + " it.");
    assertThat(FailureWords.of(new FileAlreadyExistsException("/a"))).contains("/a is there");
    assertThat(FailureWords.of(new NotDirectoryException("/a"))).isEqualTo("/a is no directory.");
    assertThat(FailureWords.of(new DirectoryNotEmptyException("/a")))
        .isEqualTo("DirectoryNotEmptyException: /a");
  }

  @Test
  void controlsAreLeftOutButForLines() {
    assertThat(FailureWords.of(new IOException("a\u001b[2Jb:\n- c"))).isEqualTo("a [2Jb:\n- c");
  }

  @Test
  void whatSaysMoreIsLeftAsItIs() {
    assertThat(FailureWords.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
    assertThat(FailureWords.of(new FileNotFoundException("There is no file /a to take.")))
        .isEqualTo("There is no file /a to take.");
    assertThat(
            FailureWords.of(
                new UncheckedIOException("The state cannot be read", new IOException("/a"))))
        .isEqualTo("The state cannot be read");
    assertThat(FailureWords.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void wrappersAreLookedThrough() {
    AccessDeniedException denied = new AccessDeniedException("/a");
    assertThat(FailureWords.of(new ExecutionException(new UncheckedIOException(denied))))
        .startsWith("Access to /a is denied");
  }

  @Test
  void jobsTellWhatTheirTasksFailedWith() {
    Exception cause = new IllegalStateException("No such input.");
    Exception ofARecord = new Exception("Could not complete the stream element: a.", cause);
    Exception suppressed = new JobException("Recovery is suppressed", ofARecord);
    assertThat(FailureWords.of(new JobExecutionException(new JobID(), "Job failed.", suppressed)))
        .isEqualTo("No such input.");
  }
}
