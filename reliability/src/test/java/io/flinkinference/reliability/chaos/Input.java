package io.flinkinference.reliability.chaos;

import io.flinkinference.result.DeadLetterReason;
import java.nio.ByteBuffer;

/**
 * A record that goes in, and what must come out.
 *
 * @param number from 0 on
 * @param value of the Kafka record; may be null
 * @param text number of the text whose result is expected; -1 for a bad record
 * @param reason why a bad record is a dead letter; null for a good one
 */
record Input(int number, ByteBuffer value, int text, DeadLetterReason reason) {

  boolean isGood() {
    return reason == null;
  }
}
