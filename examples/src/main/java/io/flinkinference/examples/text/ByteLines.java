package io.flinkinference.examples.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The lines of a stream as bytes, exactly as they are: nothing is decoded, so nothing can be
 * repaired in silence. A line ends with LF or CR LF; the last one needs no end. A byte order mark
 * before the first is no part of it.
 *
 * <p>Owned by one thread. Holds one line and one buffer, however long the stream is.
 */
public final class ByteLines {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxLength;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private int position;
  private int limit;
  private long lineNumber;

  /**
   * @param in read ahead, not closed
   * @param maxLength most bytes that a line may have, its end excluded
   */
  public ByteLines(InputStream in, int maxLength) {
    this.in = Objects.requireNonNull(in, "in");
    this.maxLength = maxLength;
  }

  /**
   * Reads the next line.
   *
   * @return the line without its end, or null at the end of the stream
   * @throws LineTooLongException if the line exceeds the limit; the stream cannot be read further
   */
  public byte[] next() throws IOException {
    line.reset();
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = indexOfLineFeed();
      line.write(buffer, position, end - position);
      boolean complete = end < limit;
      position = complete ? end + 1 : end;
      // The carriage return of a line that is just short enough does not count.
      if (line.size() > maxLength + 1) {
        throw new LineTooLongException(lineNumber + 1, maxLength);
      }
      if (complete) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    lineNumber++;
    byte[] bytes = withoutCarriageReturn(line.toByteArray());
    if (lineNumber == 1) {
      bytes = withoutByteOrderMark(bytes);
    }
    if (bytes.length > maxLength) {
      throw new LineTooLongException(lineNumber, maxLength);
    }
    return bytes;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private int indexOfLineFeed() {
    int i = position;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private static byte[] withoutByteOrderMark(byte[] bytes) {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked =
        bytes.length >= mark && Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark);
    return marked ? Arrays.copyOfRange(bytes, mark, bytes.length) : bytes;
  }

  private static byte[] withoutCarriageReturn(byte[] bytes) {
    int last = bytes.length - 1;
    return last >= 0 && bytes[last] == '\r' ? Arrays.copyOf(bytes, last) : bytes;
  }
}
