package io.flinkinference.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("page.html");
  }

  @Test
  void theLastContentIsThereAloneAndWhole() throws IOException {
    ReportFile page = ReportFile.of("--html", file);
    page.write(draft -> Files.writeString(draft, "first"));
    page.write(draft -> Files.writeString(draft, "second"));
    assertThat(file).hasContent("second");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void whatWasThereStaysWhereWritingFails() throws IOException {
    Files.writeString(file, "first");
    ReportFile page = ReportFile.of("--html", file);
    assertThatThrownBy(
            () ->
                page.write(
                    draft -> {
                      Files.writeString(draft, "half");
                      throw new IOException("The disk is full.");
                    }))
        .hasMessage("The disk is full.");
    assertThat(file).hasContent("first");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void aLinkStaysOneAndLeadsToWhatIsWritten() throws IOException {
    Path target = Files.createFile(directory.resolve("target.html"));
    Files.createSymbolicLink(file, target);
    ReportFile.of("--html", file).write(draft -> Files.writeString(draft, "page"));
    assertThat(file).isSymbolicLink().hasContent("page");
  }

  @Test
  void directoriesAndMissingParentsAreRefused() {
    assertThatThrownBy(() -> ReportFile.of("--json", directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--json " + directory + " is a directory. Name another file.");
    Path lost = directory.resolve("missing").resolve("page.html");
    assertThatThrownBy(() -> ReportFile.of("--html", lost))
        .hasMessageContaining("--html " + lost)
        .hasMessageContaining("no directory " + lost.getParent());
  }
}
