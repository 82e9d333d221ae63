package io.flinkinference.tools.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewDirectoryTest {

  @TempDir private Path directory;

  @Test
  void linkLeadsToWhereItIsMade() throws IOException {
    Path disk = Files.createDirectories(directory.resolve("disk/models"));
    Path link = link(directory.resolve("out"), disk);
    try (NewDirectory made = NewDirectory.at(link)) {
      assertThat(made.draft().getParent()).isEqualTo(disk.getParent().toRealPath());
      Files.writeString(made.draft().resolve("file"), "x");
      made.complete();
    }
    assertThat(link).isSymbolicLink();
    assertThat(disk.resolve("file")).hasContent("x");
  }

  /** As when the process is told to end meanwhile. */
  @Test
  void linkToWhatIsNotThereIsRefused() {
    Path link = link(directory.resolve("out"), directory.resolve("missing"));
    assertThatThrownBy(() -> NewDirectory.at(link))
        .isInstanceOf(DirectoryException.class)
        .hasMessageStartingWith(link + " is a link to what is not there.");
  }

  @Test
  void whatWasTakenAwayIsNotPutIntoItsPlace() throws IOException {
    Path place = Files.createDirectory(directory.resolve("out"));
    NewDirectory made = NewDirectory.at(place);
    made.close();
    assertThatThrownBy(made::complete).isInstanceOf(DirectoryException.class);
    assertThat(place).isEmptyDirectory();
  }

  private static Path link(Path place, Path to) {
    try {
      return Files.createSymbolicLink(place, to);
    } catch (UnsupportedOperationException | IOException e) {
      return abort("There are no links here: " + e);
    }
  }
}
