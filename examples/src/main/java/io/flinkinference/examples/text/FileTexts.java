package io.flinkinference.examples.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The lines of a file, read twice: once to count them and once to send them. */
public final class FileTexts implements Texts {

  /**
   * Most bytes of a line. A broker takes messages of 1 MiB by default, and a result holds the text
   * along with its scores.
   */
  static final int MAX_LINE_BYTES = 900_000;

  private final Path file;
  private final int count;
  private final int lines;

  private FileTexts(Path file, int count, int lines) {
    this.file = file;
    this.count = count;
    this.lines = lines;
  }

  /**
   * Counts and checks the lines of a file.
   *
   * @param file a regular file
   * @param most lines to take, from the first
   */
  public static FileTexts of(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          Files.exists(file)
              ? file + " is no regular file. It is read twice; write the texts to a file first."
              : "There is no file " + file + ".");
    }
    int lines = 0;
    try (InputStream in = Files.newInputStream(file)) {
      ByteLines reader = new ByteLines(in, MAX_LINE_BYTES);
      while (reader.next() != null) {
        lines++;
      }
    }
    if (lines == 0) {
      throw new IOException(file + " is empty. It should hold one text a line.");
    }
    return new FileTexts(file, Math.min(most, lines), lines);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public String description() {
    return count < lines
        ? "the first %,d of %,d lines of %s".formatted(count, lines, file.getFileName())
        : "%,d lines of %s".formatted(count, file.getFileName());
  }

  @Override
  public Stream<byte[]> open() throws IOException {
    InputStream in = Files.newInputStream(file);
    ByteLines reader = new ByteLines(in, MAX_LINE_BYTES);
    return Stream.generate(() -> nextOf(reader)).limit(count).onClose(() -> close(in));
  }

  private byte[] nextOf(ByteLines reader) {
    try {
      byte[] line = reader.next();
      if (line == null) {
        throw new IOException(file + " became shorter while it was read.");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
