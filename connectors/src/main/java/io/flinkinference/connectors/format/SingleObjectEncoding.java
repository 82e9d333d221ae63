package io.flinkinference.connectors.format;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Two marker bytes and the fingerprint of the schema stand before the data. */
final class SingleObjectEncoding implements AvroEncoding {

  private static final long serialVersionUID = 1L;

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
    if (!SingleObject.is(value)) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE,
          "The value does not begin with C3 01 and the fingerprint of a schema.");
    }
    long fingerprint = SingleObject.fingerprint(value);
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
        byFingerprint.put(SingleObject.fingerprint(schema), schema);
      }
    }
    return byFingerprint;
  }

  @Override
  public int dataOffset() {
    return SingleObject.LENGTH;
  }
}
