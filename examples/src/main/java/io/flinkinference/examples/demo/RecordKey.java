package io.flinkinference.examples.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The key of a record: its number from 0, in decimal digits that any tool can show. */
final class RecordKey {

  private RecordKey() {}

  static byte[] of(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** The number that a result's key holds. */
  static int numberOf(ByteBuffer key) {
    if (key == null) {
      throw new IllegalStateException("A result came back without the key of its record.");
    }
    return Integer.parseInt(StandardCharsets.US_ASCII.decode(key.duplicate()).toString());
  }
}
