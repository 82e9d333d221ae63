package io.flinkinference.examples.score;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A line of the input.
 *
 * @param number from 1
 * @param bytes as they came
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Line(long number, byte[] bytes) {

  /**
   * The line as a text.
   *
   * @throws UnscorableException if it is not UTF-8
   */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnscorableException(DeadLetterReason.UNDECODABLE, "The line is not UTF-8.");
    }
  }
}
