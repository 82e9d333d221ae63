package io.flinkinference.connectors.format;

import java.util.Map;
import org.apache.avro.Schema;

/** Finds the types of a schema that have names: records, enums and fixed. */
final class NamedTypes {

  private NamedTypes() {}

  /** Adds the named types of a schema by their full names, each once. */
  static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
      case ENUM, FIXED -> found.put(schema.getFullName(), schema);
      case RECORD -> {
        if (found.put(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      default -> {}
    }
  }
}
