package io.flinkinference.connectors.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Tells bytes that are UTF-8 from those that Java would quietly put other characters in place of.
 */
public final class StrictUtf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private StrictUtf8() {}

  /**
   * Looks whether nothing was lost in decoding.
   *
   * @param decoded what Java made of the bytes
   * @return index of the first byte that is not UTF-8, counted from the first of them, or -1
   */
  public static int malformedAt(String decoded, byte[] bytes, int from, int length) {
    // Every malformed sequence shows as a replacement character. Texts without one, nearly all,
    // are spared the slower check that tells a malformed sequence from a real such character.
    return decoded.indexOf(REPLACEMENT) < 0 ? -1 : malformedAt(bytes, from, length);
  }

  /** The same of bytes that nobody has decoded. */
  static int malformedAt(byte[] bytes, int from, int length) {
    CharsetDecoder strict =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
    boolean malformed = strict.decode(in, CharBuffer.allocate(length), true).isError();
    return malformed ? in.position() - from : -1;
  }
}
