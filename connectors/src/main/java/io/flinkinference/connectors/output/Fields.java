package io.flinkinference.connectors.output;

import org.apache.avro.Schema;

/** Fields of records, as Avro's schema resolution finds them. */
final class Fields {

  private Fields() {}

  /** Whether a reader's schema takes over a field of a record, by its name or an alias. */
  static boolean takes(Schema reader, String name) {
    return switch (reader.getType()) {
      case UNION -> reader.getTypes().stream().anyMatch(branch -> takes(branch, name));
      case RECORD ->
          reader.getFields().stream()
              .anyMatch(field -> field.name().equals(name) || field.aliases().contains(name));
      default -> false;
    };
  }
}
