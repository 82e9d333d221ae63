package io.flinkinference.connectors.format;

import org.apache.avro.Schema;

/**
 * Looks whether bytes can be a value of a schema, before Avro's own decoder sets memory aside for
 * lengths that rubbish only claims to have.
 */
public final class AvroBytes {

  private AvroBytes() {}

  /**
   * Checks a value.
   *
   * @param schema that it was written with
   * @param from index of the first byte of the data
   * @throws IllegalArgumentException if the bytes are not what the schema says, or go on behind it
   */
  public static void check(Schema schema, byte[] value, int from) {
    AvroCursor in = new AvroCursor(value, from);
    try {
      in.skip(schema);
    } catch (AvroDataException e) {
      throw new IllegalArgumentException(
          "The value is not what its schema says: " + e.getMessage() + ".", e);
    }
    if (in.left() > 0) {
      throw new IllegalArgumentException(
          "The value is not what its schema says: " + in.left() + " bytes are left behind it.");
    }
  }
}
