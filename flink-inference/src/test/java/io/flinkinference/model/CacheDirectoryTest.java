package io.flinkinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

  @TempDir Path directory;

  @Test
  void whatThisUserAloneWritesToIsOwn() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    CacheDirectory.requireOwn(directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatOthersMayWriteToIsRefused() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> CacheDirectory.requireOwn(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others than its owner may write")
        .hasMessageContaining("rwxrwxrwx");
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    assertThatThrownBy(() -> CacheDirectory.requireOwn(link))
        .isInstanceOf(IOException.class)
        .hasMessage(link + " is a link or no directory");
  }

  /** Nothing is made behind what is refused. */
  @Test
  void aDirectoryOfOthersIsToldWithWhatCanBeDone() throws Exception {
    Path root =
        Files.createDirectory(
            directory.resolve("flink-inference-" + System.getProperty("user.name")));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));
    String before = System.setProperty("java.io.tmpdir", directory.toString());
    try {
      assertThatThrownBy(() -> CacheDirectory.subdirectory("models"))
          .hasMessageContaining("chmod 700")
          .hasMessageContaining("name a writable one with the system property");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertThat(root).isEmptyDirectory();
  }
}
