package io.flinkinference.connectors.output;

import io.flinkinference.result.ModelStamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Where an encoder writes what is new of a value, one after the other into the same memory.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
final class AvroBuffer {

  private final Bytes bytes = new Bytes();
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
  private final Names names = new Names();

  /** Begins with the next value. */
  BinaryEncoder begin() {
    bytes.reset();
    return out;
  }

  /** Texts that were written before. */
  Names names() {
    return names;
  }

  /** Writes a record {@link io.flinkinference.connectors.avro.ModelStamp}. */
  void write(ModelStamp stamp) throws IOException {
    out.writeString(names.utf8(stamp.name()));
    out.writeString(names.utf8(stamp.sha256()));
    out.writeString(names.utf8(stamp.precision()));
    out.writeString(names.utf8(stamp.device()));
    out.writeBoolean(stamp.batchInvariant());
  }

  /** Returns a prefix and what was written, in an array of its own. */
  byte[] end(byte[] prefix) throws IOException {
    return end(prefix, prefix, 0, 0);
  }

  /** The same, with a part of other data between the two, which is copied this once. */
  byte[] end(byte[] prefix, byte[] data, int from, int to) throws IOException {
    out.flush();
    int middle = to - from;
    byte[] value = new byte[prefix.length + middle + bytes.size()];
    System.arraycopy(prefix, 0, value, 0, prefix.length);
    System.arraycopy(data, from, value, prefix.length, middle);
    bytes.copyTo(value, prefix.length + middle);
    return value;
  }

  /** Gives its bytes out without a copy between. */
  private static final class Bytes extends ByteArrayOutputStream {

    private static final int USUAL = 1024;

    Bytes() {
      super(USUAL);
    }

    // Not synchronized as in the class above: nobody else sees this buffer.
    void copyTo(byte[] target, int at) {
      System.arraycopy(buf, 0, target, at, count);
    }
  }
}
