package io.flinkinference.connectors.output;

import io.flinkinference.connectors.format.SingleObject;
import org.apache.avro.Schema;

/** Avro's single-object encoding: the schema's fingerprint stands before the data. */
final class SingleObjectFraming implements Framing {

  @Override
  public Frame frame(Schema schema) {
    return new PrefixFrame(SingleObject.header(schema), schema);
  }
}
