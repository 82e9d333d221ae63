package io.flinkinference.connectors.registry;

import java.nio.ByteBuffer;

/**
 * Confluent's wire format: a byte 0, the schema's number in four bytes, the highest first, then the
 * Avro data.
 */
public final class WireFormat {

  /** Bytes before the data. */
  public static final int PREFIX = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /**
   * The number of a value's schema.
   *
   * @throws IllegalArgumentException if the value is not in the wire format
   */
  public static int schemaId(byte[] value) {
    if (value.length < PREFIX) {
      throw new IllegalArgumentException(
          "A value of " + value.length + " bytes is too short to name its schema.");
    }
    if (value[0] != MAGIC) {
      throw new IllegalArgumentException(
          "The value begins with the byte %d, not with 0 and the number of a schema."
              .formatted(value[0] & 0xFF));
    }
    int id = ByteBuffer.wrap(value).getInt(1);
    if (id < 0) {
      throw new IllegalArgumentException("No schema has the number " + id + ".");
    }
    return id;
  }

  /** What stands before the data of a schema's records. */
  public static byte[] prefix(int schemaId) {
    return ByteBuffer.allocate(PREFIX).put(MAGIC).putInt(schemaId).array();
  }
}
