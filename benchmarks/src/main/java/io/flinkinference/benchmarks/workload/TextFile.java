package io.flinkinference.benchmarks.workload;

import io.flinkinference.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts of a file in UTF-8, one a line. Of a file {@code .tsv} the last column is the text, and a
 * first line whose last column is the word {@code text} is a heading. Blank texts are left out, and
 * those that came before: equal texts in flight are scored once, and nobody else does so.
 */
final class TextFile {

  private static final String TABLE = ".tsv";
  private static final String HEADING = "text";

  private TextFile() {}

  /**
   * Reads the first texts, as many as asked for or as there are.
   *
   * @throws IllegalArgumentException if the file is not UTF-8, or has no texts
   */
  static Workload read(Path file, int count) throws IOException {
    boolean table = file.toString().endsWith(TABLE);
    List<String> texts;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      ByteOrderMark.skip(in);
      texts =
          in.lines()
              .map(line -> table ? line.substring(line.lastIndexOf('\t') + 1) : line)
              .filter(text -> !text.isBlank())
              .distinct()
              .limit(count + 1L)
              .toList();
    } catch (CharacterCodingException e) {
      throw notUtf8(file, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notUtf8(file, e);
      }
      throw e;
    }
    boolean heading = table && !texts.isEmpty() && texts.get(0).equals(HEADING);
    List<String> wanted =
        texts.subList(heading ? 1 : 0, Math.min(texts.size(), heading ? count + 1 : count));
    return new Workload("%,d texts of %s".formatted(wanted.size(), file.getFileName()), wanted);
  }

  private static IllegalArgumentException notUtf8(Path file, Exception cause) {
    return new IllegalArgumentException(
        "--texts: %s is not UTF-8. Convert it, or name another file.".formatted(file), cause);
  }
}
