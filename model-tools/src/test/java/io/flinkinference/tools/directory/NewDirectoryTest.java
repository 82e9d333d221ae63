package io.flinkinference.tools.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.flinkinference.tools.TestingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
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

  @Test
  void linkToWhatIsNotThereIsRefused() {
    Path link = link(directory.resolve("out"), directory.resolve("missing"));
    assertThatThrownBy(() -> NewDirectory.at(link))
        .isInstanceOf(DirectoryException.class)
        .hasMessageStartingWith(link + " is a link to what is not there.");
  }

  @Test
  void nothingIsLeftWhereTheProcessIsToldToEnd() throws Exception {
    Path models = directory.resolve("models");
    String place = models.resolve("out").toString();
    try (TestingProcess process = TestingProcess.start(Making.class, directory, place)) {
      Path draft = Path.of(process.firstLine());
      assertThat(draft.getParent()).isEqualTo(models);
      assertThat(draft.resolve("1_Pooling/config.json")).hasContent("{}");

      process.end();
    }
    assertThat(models).isEmptyDirectory();
  }

  /** A program that begins a directory, says where it makes it, and is never done. */
  static final class Making {

    private Making() {}

    public static void main(String[] place) throws Exception {
      try (NewDirectory made = NewDirectory.at(Path.of(place[0]))) {
        Files.createDirectory(made.draft().resolve("1_Pooling"));
        Files.writeString(made.draft().resolve("1_Pooling/config.json"), "{}");
        System.out.println(made.draft());
        new CountDownLatch(1).await();
      }
    }
  }

  /** As when the process is told to end meanwhile. */
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
