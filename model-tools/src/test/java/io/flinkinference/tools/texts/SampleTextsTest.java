package io.flinkinference.tools.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTextsTest {

  @TempDir private Path directory;

  @Test
  void builtInTextsAreManyAndEachOnlyOnce() {
    assertThat(SampleTexts.builtIn())
        .hasSizeGreaterThan(100)
        .extracting(SampleText::text)
        .doesNotHaveDuplicates();
  }

  @Test
  void labelStandsBehindTheLastTab() throws IOException {
    assertThat(SampleTexts.read(file("a\tb\tgood\nc\tbad\n")))
        .containsExactly(new SampleText("a\tb", "good", 1), new SampleText("c", "bad", 2));
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstText() throws IOException {
    assertThat(SampleTexts.read(file("\uFEFFa\nb\n")))
        .extracting(SampleText::text)
        .containsExactly("a", "b");
  }

  @Test
  void linesWithoutTextAreNamed() throws IOException {
    Path file = file("a\n\nb\n \n");
    assertThatThrownBy(() -> SampleTexts.read(file))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("2 line(s) have no text: [2, 4]");
  }

  @Test
  void linesWithoutLabelAmongOthersAreNamed() throws IOException {
    Path file = file("a\tgood\nb\nc\tbad\n");
    assertThatThrownBy(() -> SampleTexts.read(file))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("1 line(s) have no label: [2]");
  }

  @Test
  void fileThatIsNotInUtf8IsRefused() throws IOException {
    Path file = directory.resolve("texts.txt");
    Files.write(file, "fähre".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SampleTexts.read(file))
        .isInstanceOf(TextFileException.class)
        .hasMessageContaining("UTF-8");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("texts.txt"), content);
  }
}
