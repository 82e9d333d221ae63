package io.flinkinference.examples.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ByteLinesTest {

  @Test
  void lineFeedAndCarriageReturnLineFeedEndALine() throws IOException {
    assertThat(linesOf("a\nb\r\nc\rd", 100)).containsExactly("a", "b", "c\rd");
  }

  @Test
  void emptyLinesAreLines() throws IOException {
    assertThat(linesOf("\n\nx\n\n", 100)).containsExactly("", "", "x", "");
  }

  @Test
  void emptyStreamHasNoLine() throws IOException {
    assertThat(linesOf("", 100)).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8ComeAsTheyAre() throws IOException {
    assertThat(linesOf("\u00ff\u00fe\u0000\n\u0080", 100))
        .containsExactly("\u00ff\u00fe\u0000", "\u0080");
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
    String mark = "\u00ef\u00bb\u00bf";
    assertThat(linesOf(mark + "a\n" + mark + "b", 100)).containsExactly("a", mark + "b");
    assertThat(linesOf(mark, 100)).containsExactly("");
  }

  @Test
  void lineMaySpanManyReads() throws IOException {
    String longLine = "x".repeat(200_000);
    assertThat(linesOf(longLine + "\ny", 200_000)).containsExactly(longLine, "y");
  }

  @Test
  void lineOfTheLimitIsTakenWithEitherEnd() throws IOException {
    assertThat(linesOf("12345\n12345\r\n", 5)).containsExactly("12345", "12345");
  }

  @Test
  void longerLineIsRefusedByItsNumber() {
    assertThatThrownBy(() -> linesOf("a\n123456\n", 5))
        .isInstanceOf(LineTooLongException.class)
        .hasMessageContaining("Line 2")
        .hasMessageContaining("5 bytes");
  }

  @Test
  void endlessLineIsRefusedBeforeMemoryEnds() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }
        };
    assertThatThrownBy(() -> new ByteLines(endless, 1_000_000).next())
        .isInstanceOf(LineTooLongException.class);
  }

  private static List<String> linesOf(String content, int maxLength) throws IOException {
    ByteLines lines =
        new ByteLines(new ByteArrayInputStream(content.getBytes(ISO_8859_1)), maxLength);
    List<String> all = new ArrayList<>();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      all.add(new String(line, ISO_8859_1));
    }
    return all;
  }
}
