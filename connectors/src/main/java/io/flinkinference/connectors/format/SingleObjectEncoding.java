package io.flinkinference.connectors.format;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Two marker bytes and the fingerprint of the schema stand before the data. */
final class SingleObjectEncoding implements AvroEncoding {

  private static final long serialVersionUID = 1L;

  private static final byte MARKER_1 = (byte) 0xC3;
  private static final byte MARKER_2 = 0x01;
  private static final int MARKERS = 2;
  private static final int HEADER = MARKERS + Long.BYTES;

  private final ArrayList<Schema> schemas;
  private transient Map<Long, Schema> byFingerprint;

  SingleObjectEncoding(List<Schema> schemas) {
    if (schemas.isEmpty()) {
      throw new IllegalArgumentException(
          "Values in the single-object encoding only name their schema. Give it, at least one.");
    }
    this.schemas = new ArrayList<>(schemas);
  }

  @Override
  public Schema schema(byte[] value) {
    if (value.length < HEADER || value[0] != MARKER_1 || value[1] != MARKER_2) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE,
          "The value does not begin with C3 01 and the fingerprint of a schema.");
    }
    long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKERS);
    Schema schema = byFingerprint().get(fingerprint);
    if (schema == null) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE,
          "The value was written with a schema of the fingerprint %016x, which was not given."
              .formatted(fingerprint));
    }
    return schema;
  }

  private Map<Long, Schema> byFingerprint() {
    if (byFingerprint == null) {
      byFingerprint = new HashMap<>();
      for (Schema schema : schemas) {
        byFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), schema);
      }
    }
    return byFingerprint;
  }

  @Override
  public int dataOffset() {
    return HEADER;
  }
}
