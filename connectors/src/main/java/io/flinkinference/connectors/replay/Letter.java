package io.flinkinference.connectors.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.KafkaHeader;
import java.nio.ByteBuffer;

/**
 * A dead letter with where it lies.
 *
 * @param partition of the topic of dead letters
 * @param offset in the partition
 * @param content what it says
 * @param replays how often its record has been replayed before
 */
record Letter(int partition, long offset, DeadLetter content, int replays) {

  private static final int MOST_DIGITS = 9;

  /**
   * Makes a letter, with the number of replays from its record's headers.
   *
   * @throws UnreadableLetterException if that is no number
   */
  static Letter of(int partition, long offset, DeadLetter content)
      throws UnreadableLetterException {
    int replays = 0;
    for (KafkaHeader header : content.getHeaders()) {
      if (header.getKey().equals(Replay.REPLAYED_HEADER)) {
        replays = count(header.getValue());
      }
    }
    return new Letter(partition, offset, content, replays);
  }

  private static int count(ByteBuffer value) throws UnreadableLetterException {
    String digits = value == null ? "" : US_ASCII.decode(value.duplicate()).toString();
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new UnreadableLetterException(
          "Its record's header "
              + Replay.REPLAYED_HEADER
              + " is no number, so nobody knows how often it was replayed.");
    }
    return Integer.parseInt(digits);
  }
}
