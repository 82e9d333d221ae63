package io.flinkinference.examples.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTextsTest {

  @TempDir Path directory;

  @Test
  void everyLineIsSentAsItIs() throws IOException {
    Path file = write(new byte[] {'a', '\n', (byte) 0xff, '\n', '\n', 'z'});
    FileTexts texts = FileTexts.of(file, Integer.MAX_VALUE);
    assertThat(texts.count()).isEqualTo(4);
    try (Stream<byte[]> lines = texts.open()) {
      assertThat(lines)
          .containsExactly(
              new byte[] {'a'}, new byte[] {(byte) 0xff}, new byte[0], new byte[] {'z'});
    }
  }

  @Test
  void descriptionSaysWhatIsLeftOut() throws IOException {
    Path file = write("a\nb\nc\n".getBytes(UTF_8));
    assertThat(FileTexts.of(file, 2).description()).startsWith("the first 2 of 3 lines of ");
    assertThat(FileTexts.of(file, 3).description()).startsWith("3 lines of ");
  }

  @Test
  void unusableFilesAreNamed() throws IOException {
    Path none = directory.resolve("none.txt");
    assertThatThrownBy(() -> FileTexts.of(none, 10)).hasMessage("There is no file " + none + ".");
    assertThatThrownBy(() -> FileTexts.of(directory, 10)).hasMessageContaining("no regular file");
    Path empty = write();
    assertThatThrownBy(() -> FileTexts.of(empty, 10)).hasMessageContaining("is empty");
  }

  private Path write(byte... content) throws IOException {
    return Files.write(directory.resolve("texts.txt"), content);
  }
}
