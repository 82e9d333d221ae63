package io.flinkinference.connectors.format;

import org.apache.avro.Schema;

/** All values are written with one schema, and do not say so. */
record BareEncoding(Schema only) implements AvroEncoding {

  private static final long serialVersionUID = 1L;

  @Override
  public Schema schema(byte[] value) {
    return only;
  }

  @Override
  public int dataOffset() {
    return 0;
  }
}
