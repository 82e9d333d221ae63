package io.flinkinference.text;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * The character that some programs write before a text file, above all on Windows, to say how it is
 * encoded. It is not seen, and belongs to no text, label or heading.
 */
public final class ByteOrderMark {

  private static final int CHARACTER = '\uFEFF';

  private ByteOrderMark() {}

  /**
   * Leaves it out, if it is there.
   *
   * @param file of which nothing was read yet
   */
  public static void skip(BufferedReader file) throws IOException {
    file.mark(1);
    if (file.read() != CHARACTER) {
      file.reset();
    }
  }
}
