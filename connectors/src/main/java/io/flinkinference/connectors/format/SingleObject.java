package io.flinkinference.connectors.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * What stands before the data in Avro's single-object encoding (Avro 1.11 specification,
 * "Single-object encoding"): C3 01, then the fingerprint of the schema in little-endian order.
 */
public final class SingleObject {

  private static final byte MARKER_1 = (byte) 0xC3;
  private static final byte MARKER_2 = 0x01;
  private static final int MARKERS = 2;

  /** Bytes before the data. */
  static final int LENGTH = MARKERS + Long.BYTES;

  private SingleObject() {}

  /** What stands before data of a schema. */
  public static byte[] header(Schema schema) {
    return ByteBuffer.allocate(LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER_1)
        .put(MARKER_2)
        .putLong(fingerprint(schema))
        .array();
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** Whether a value begins as one. */
  static boolean is(byte[] value) {
    return value.length >= LENGTH && value[0] == MARKER_1 && value[1] == MARKER_2;
  }

  /** The fingerprint in a value that is one. */
  static long fingerprint(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKERS);
  }
}
