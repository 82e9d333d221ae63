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
        .hasMessageContaining("rwxrwxrwx");
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    assertThatThrownBy(() -> CacheDirectory.requireOwn(link)).isInstanceOf(IOException.class);
  }
}
