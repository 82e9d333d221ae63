package io.flinkinference.connectors.output;

import org.apache.avro.Schema;

/** A prefix that names the schema, and the data as they are. */
final class PrefixFrame implements Frame {

  private final byte[] prefix;
  private final Schema schema;

  PrefixFrame(byte[] prefix, Schema schema) {
    this.prefix = prefix;
    this.schema = schema;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public byte[] prefix() {
    return prefix;
  }

  @Override
  public byte[] finish(byte[] value) {
    return value;
  }
}
