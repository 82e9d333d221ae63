package io.flinkinference.connectors.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Avro's single-object encoding (Avro 1.11 specification, "Single-object encoding"): C3 01, then
 * the fingerprint of the schema in little-endian order.
 */
final class SingleObjectFraming implements Framing {

  private static final byte MARKER_1 = (byte) 0xC3;
  private static final byte MARKER_2 = 0x01;
  private static final int LENGTH = 2 + Long.BYTES;

  @Override
  public Frame frame(Schema schema) {
    return new PrefixFrame(
        ByteBuffer.allocate(LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MARKER_1)
            .put(MARKER_2)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array(),
        schema);
  }
}
