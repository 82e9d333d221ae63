package io.flinkinference.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFileTest {

  @TempDir private Path directory;

  @Test
  void aTableGivesItsLastColumnWithoutTheHeading() throws IOException {
    Path file = write("texts.tsv", "id\ttext", "1\tgood", "2\tbad", "3\t ", "4\tnot so bad");
    assertThat(TextFile.read(file, 10).texts()).containsExactly("good", "bad", "not so bad");
    assertThat(TextFile.read(file, 2).texts()).containsExactly("good", "bad");
  }

  @Test
  void linesOfAnotherFileAreTakenAsTheyAre() throws IOException {
    Path file = write("texts.txt", "text", "a\tb", "", "c");
    assertThat(TextFile.read(file, 2).texts()).containsExactly("text", "a\tb");
    assertThat(TextFile.read(file, 10).description()).isEqualTo("3 texts of texts.txt");
  }

  @Test
  void byteOrderMarkIsNoPartOfTheHeadingNorOfAText() throws IOException {
    assertThat(TextFile.read(write("a.tsv", "\uFEFFtext", "a"), 10).texts()).containsExactly("a");
    assertThat(TextFile.read(write("a.txt", "\uFEFFa", "b"), 10).texts()).containsExactly("a", "b");
  }

  @Test
  void equalTextsAreTakenOnce() throws IOException {
    Path file = write("texts.txt", "a", "b", "a", "c");
    assertThat(TextFile.read(file, 3).texts()).containsExactly("a", "b", "c");
  }

  @Test
  void aFileWithoutTextsIsRefused() throws IOException {
    Path file = write("empty.txt", "", " ");
    assertThatThrownBy(() -> TextFile.read(file, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.txt");
  }

  /** The reader tells of the first bytes in another way than of those behind them. */
  @Test
  void aFileInAnotherEncodingIsRefusedByItsName() throws IOException {
    for (String start : List.of("", "a line\n".repeat(10_000))) {
      Path file = directory.resolve("latin.txt");
      Files.write(file, (start + "Z\u00fcrich\n").getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> TextFile.read(file, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("latin.txt is not UTF-8");
    }
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }
}
