package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.text.StrictUtf8;
import org.apache.avro.Schema;

/**
 * Reads Avro's binary encoding (Avro 1.11 specification, "Binary encoding") from an array, and
 * never beyond its end: of bytes that are not what their schema says, no length is believed. Avro's
 * own decoder sets memory aside for a length before it looks whether there are so many bytes.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class AvroCursor {

  /** What Avro's own reader can follow on the stack of a Flink thread, with room to spare. */
  private static final int DEEPEST = 500;

  private static final long MOST_NOTHINGS = 1_000_000;
  private static final int LONGEST_LONG = 10;
  private static final int LONGEST_INT = 5;
  private static final int PAYLOAD = 0x7F;
  private static final int PAYLOAD_BITS = 7;

  private final byte[] bytes;
  private int at;
  private int depth;
  private long nothings;

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

  /** A text that is to be read, so it has to be one; those that are skipped are not looked at. */
  String readString() {
    int length = readLength();
    String text = new String(bytes, at, length, UTF_8);
    int malformedAt = StrictUtf8.malformedAt(text, bytes, at, length);
    if (malformedAt >= 0) {
      throw new AvroDataException("the text is not UTF-8 at its byte " + malformedAt);
    }
    at += length;
    return text;
  }

  /** The branch of a union that comes next. */
  Schema readBranch(Schema union) {
    int index = readInt();
    if (index < 0 || index >= union.getTypes().size()) {
      throw new AvroDataException("a union has no branch " + index);
    }
    return union.getTypes().get(index);
  }

  void skip(Schema schema) {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case LONG -> readLong();
      case INT -> readInt();
      case ENUM -> skipSymbol(schema);
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case BYTES, STRING -> skip(readLength());
      case FIXED -> skip(schema.getFixedSize());
      case UNION -> skip(readBranch(schema));
      case RECORD -> skipRecord(schema);
      case ARRAY -> skipBlocks(schema.getElementType(), false);
      case MAP -> skipBlocks(schema.getValueType(), true);
    }
  }

  private void skipRecord(Schema schema) {
    enter();
    int before = at;
    for (Schema.Field field : schema.getFields()) {
      skip(field.schema());
    }
    if (at == before) {
      countNothings(1);
    }
    depth--;
  }

  private void enter() {
    depth++;
    if (depth > DEEPEST) {
      throw new AvroDataException("it is nested deeper than " + DEEPEST + " levels");
    }
  }

  private void skipSymbol(Schema schema) {
    int index = readInt();
    if (index < 0 || index >= schema.getEnumSymbols().size()) {
      throw new AvroDataException("the enum " + schema.getFullName() + " has no symbol " + index);
    }
  }

  private void skipBlocks(Schema item, boolean keyed) {
    enter();
    for (long count = readLong(); count != 0; count = readLong()) {
      if (count < 0) {
        skipSizedBlock(item, keyed, -count);
      } else {
        skipItems(item, keyed, count);
      }
    }
    depth--;
  }

  /** Item by item all the same: readers do so, and the size may be untrue. */
  private void skipSizedBlock(Schema item, boolean keyed, long count) {
    if (count < 0) {
      throw new AvroDataException("a block is said to have 2^63 items"); // It has no opposite.
    }
    int size = readLength();
    int end = at + size;
    skipItems(item, keyed, count);
    if (at != end) {
      throw new AvroDataException("a block is said to have " + size + " bytes, but has others");
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
        countNothings(count - i);
        return;
      }
    }
  }

  /**
   * Items and records of no bytes: a few bytes can say that there are trillions of items, and a
   * schema that records have records of no fields two by two, which no reader would come to the end
   * of.
   */
  private void countNothings(long count) {
    if (count > MOST_NOTHINGS - nothings) {
      throw new AvroDataException(
          "it is said to have more than " + MOST_NOTHINGS + " items or records of no bytes");
    }
    nothings += count;
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

  /** Avro's own decoder refuses one that is longer than it need be, if that is over five bytes. */
  private int readInt() {
    long value = readNumber(LONGEST_INT);
    if (value != (int) value) {
      throw new AvroDataException("an int is said to be " + value);
    }
    return (int) value;
  }

  private long readLong() {
    return readNumber(LONGEST_LONG);
  }

  /** Seven bits a byte, the lowest first, zig-zag. */
  private long readNumber(int longest) {
    long value = 0;
    for (int i = 0; i < longest; i++) {
      if (left() == 0) {
        throw new AvroDataException("the bytes end in a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & PAYLOAD) << (PAYLOAD_BITS * i);
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new AvroDataException("a number has more than " + longest + " bytes");
  }
}
