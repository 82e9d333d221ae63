package io.flinkinference.connectors.output;

import org.apache.avro.Schema;

/** The data are written anew with another schema, whose prefix then stands before them. */
final class TranslatingFrame implements Frame {

  private static final byte[] NONE = {};

  private final byte[] prefix;
  private final Schema schema;
  private final Translation translation;

  /**
   * @param prefix names the other schema
   * @param from schema of the data as an encoder writes them
   * @param to the other schema
   */
  TranslatingFrame(byte[] prefix, Schema from, Schema to) {
    this.prefix = prefix;
    this.schema = to;
    this.translation = new Translation(from, to);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public byte[] prefix() {
    return NONE;
  }

  @Override
  public byte[] finish(byte[] value) {
    return translation.apply(prefix, value, 0);
  }
}
