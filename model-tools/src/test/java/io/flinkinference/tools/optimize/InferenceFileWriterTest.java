package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flinkinference.model.InferenceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InferenceFileWriterTest {

  @TempDir private Path directory;

  @Test
  void fileForWhichThereIsNoRoomIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).isWritable();
    Path file = Files.createSymbolicLink(directory.resolve(InferenceFile.NAME), full);
    assertThatThrownBy(() -> InferenceFileWriter.write(null, directory))
        .hasMessageStartingWith(file + " cannot be written: ");
  }
}
