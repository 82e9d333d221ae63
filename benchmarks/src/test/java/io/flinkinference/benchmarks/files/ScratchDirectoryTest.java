package io.flinkinference.benchmarks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchDirectoryTest {

  @TempDir private Path parent;

  @Test
  void itIsGoneWithItsFilesOnceClosed() throws IOException {
    try (ScratchDirectory scratch = ScratchDirectory.in(parent)) {
      Path inner = Files.createDirectory(scratch.path().resolve("int8"));
      Files.writeString(inner.resolve("model.onnx"), "graph");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatKilledProcessesLeftIsTakenAwayAndWhatOthersUseStays() throws IOException {
    Path old = Files.createDirectory(parent.resolve("distilbert-random1"));
    Files.writeString(old.resolve("model.onnx_data"), "weights");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    try (ScratchDirectory another = ScratchDirectory.in(parent);
        ScratchDirectory scratch = ScratchDirectory.in(parent)) {
      assertThat(old).doesNotExist();
      assertThat(another.path()).isDirectory();
      assertThat(scratch.path()).isEmptyDirectory().isNotEqualTo(another.path());
    }
  }
}
