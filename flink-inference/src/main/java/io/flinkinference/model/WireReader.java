package io.flinkinference.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads the protocol buffers wire format from a file, field by field, and steps over what nobody
 * asks for without reading it.
 *
 * <p>The format is described in the <a
 * href="https://protobuf.dev/programming-guides/encoding/">encoding guide</a>: a field is a tag
 * (number and wire type) and a value; a message within a message is its length and its bytes.
 *
 * <p>Owned by one thread. Invariant: {@code position} is that of the next byte to be handed out.
 */
final class WireReader {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int MAX_TEXT = 4096;

  /** Takes one field of a message. */
  @FunctionalInterface
  interface Fields {
    /**
     * Reads the value of a field, or reads nothing and returns false to have it stepped over.
     *
     * @param tag number and wire type, as {@link #tag} makes it
     */
    boolean read(int tag) throws IOException;
  }

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(8192).limit(0);
  private long position;

  WireReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** The tag of a field: its number and its wire type. */
  static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  /** Reads the message that is the whole file. */
  void readFile(Fields fields) throws IOException {
    readFields(size, fields);
  }

  /** Reads a message within a message. */
  void readMessage(Fields fields) throws IOException {
    readFields(readEnd(), fields);
  }

  /** Reads a varint. */
  long readVarint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = readByte();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("a number before byte " + position + " has no end");
  }

  /** Reads a list of varints written as one field. */
  void readPacked(LongConsumer values) throws IOException {
    for (long end = readEnd(); position < end; ) {
      values.accept(readVarint());
    }
  }

  /** Reads a short text. */
  String readText() throws IOException {
    int length = (int) Math.min(readEnd() - position, MAX_TEXT + 1L);
    if (length > MAX_TEXT) {
      throw new IOException("a name at byte " + position + " is longer than " + MAX_TEXT);
    }
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = readByte();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private void readFields(long end, Fields fields) throws IOException {
    while (position < end) {
      long start = position;
      long tag = readVarint();
      if (tag < 8 || tag > 0xFFFF_FFFFL) {
        throw new IOException("byte " + start + " is not the start of a field");
      }
      if (!fields.read((int) tag)) {
        skip((int) tag & 7);
      }
    }
    if (position != end) {
      throw new IOException("the message that should end at byte " + end + " does not end there");
    }
  }

  private long readEnd() throws IOException {
    long length = readVarint();
    if (length < 0 || length > size - position) {
      throw new EOFException(
          "a field at byte " + position + " goes beyond the end of the file, at byte " + size);
    }
    return position + length;
  }

  private void skip(int wireType) throws IOException {
    switch (wireType) {
      case VARINT -> readVarint();
      case FIXED64 -> seek(position + 8);
      case BYTES -> seek(readEnd());
      case FIXED32 -> seek(position + 4);
      default ->
          throw new IOException("wire type " + wireType + " before byte " + position + " is none");
    }
  }

  private void seek(long target) {
    long ahead = target - position;
    if (ahead <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) ahead);
    } else {
      buffer.limit(0);
    }
    position = target;
  }

  private byte readByte() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int n = position < size ? channel.read(buffer, position) : -1;
      buffer.flip();
      if (n <= 0) {
        throw new EOFException("the file ends at byte " + size + ", in the middle of a field");
      }
    }
    position++;
    return buffer.get();
  }
}
