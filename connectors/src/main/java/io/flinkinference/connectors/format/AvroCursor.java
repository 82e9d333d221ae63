package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.avro.Schema;

/**
 * Reads Avro's binary encoding (Avro 1.11 specification, "Binary encoding") from an array, and
 * never beyond its end: of bytes that are not what their schema says, no length is believed. Avro's
 * own decoder sets memory aside for a length before it looks whether there are so many bytes.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class AvroCursor {

  private static final int LONGEST_NUMBER = 10;
  private static final int PAYLOAD = 0x7F;
  private static final int PAYLOAD_BITS = 7;

  private final byte[] bytes;
  private int at;

  /**
   * @param from index of the first byte
   */
  AvroCursor(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** Bytes that are left. */
  int left() {
    return bytes.length - at;
  }

  String readString() {
    int length = readLength();
    String text = new String(bytes, at, length, UTF_8);
    at += length;
    return text;
  }

  /** The branch of a union that comes next. */
  Schema readBranch(Schema union) {
    long index = readLong();
    if (index < 0 || index >= union.getTypes().size()) {
      throw new AvroDataException("a union has no branch " + index);
    }
    return union.getTypes().get((int) index);
  }

  void skip(Schema schema) {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case INT, LONG, ENUM -> readLong();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case BYTES, STRING -> skip(readLength());
      case FIXED -> skip(schema.getFixedSize());
      case UNION -> skip(readBranch(schema));
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema());
        }
      }
      case ARRAY -> skipBlocks(schema.getElementType(), false);
      case MAP -> skipBlocks(schema.getValueType(), true);
    }
  }

  private void skipBlocks(Schema item, boolean keyed) {
    for (long count = readLong(); count != 0; count = readLong()) {
      if (count < 0) {
        skip(readLength()); // A block that says its size.
      } else {
        skipItems(item, keyed, count);
      }
    }
  }

  private void skipItems(Schema item, boolean keyed, long count) {
    for (long i = 0; i < count; i++) {
      int before = at;
      if (keyed) {
        skip(readLength());
      }
      skip(item);
      if (at == before) {
        return; // Items of no bytes; there may be said to be trillions of them.
      }
    }
  }

  private int readLength() {
    long length = readLong();
    if (length < 0 || length > left()) {
      throw new AvroDataException(
          "a length is said to be " + length + ", but " + left() + " bytes are left");
    }
    return (int) length;
  }

  private void skip(int count) {
    if (count > left()) {
      throw new AvroDataException(count + " bytes are wanted, but " + left() + " are left");
    }
    at += count;
  }

  /** Seven bits a byte, the lowest first, zig-zag. */
  private long readLong() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      if (left() == 0) {
        throw new AvroDataException("the bytes end in a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & PAYLOAD) << (PAYLOAD_BITS * i);
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new AvroDataException("a number has more than " + LONGEST_NUMBER + " bytes");
  }
}
