package io.flinkinference.reliability.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStorageTest {

  @TempDir Path directory;

  @Test
  void nothingCanBeMadeInItWhileItFailsAndWhatWasThereComesBack() throws IOException {
    CheckpointStorage storage = new CheckpointStorage(directory);
    Path path = Path.of(URI.create(storage.uri()));
    Files.createDirectories(path.resolve("one"));

    storage.fail();
    assertThatThrownBy(() -> Files.createDirectories(path.resolve("two")))
        .isInstanceOf(IOException.class);
    assertThat(Files.exists(path.resolve("one"))).isFalse();

    storage.mend();
    assertThat(path.resolve("one")).exists();
    Files.createDirectories(path.resolve("two"));
  }
}
