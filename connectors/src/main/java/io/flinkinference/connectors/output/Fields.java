package io.flinkinference.connectors.output;

import org.apache.avro.Schema;

/** Fields of records, as Avro's schema resolution finds them. */
final class Fields {

  private Fields() {}

  /** Whether a reader's record takes over a field of the writer's, by its name or an alias. */
  static boolean takes(Schema record, String name) {
    return record.getFields().stream()
        .anyMatch(field -> field.name().equals(name) || field.aliases().contains(name));
  }
}
