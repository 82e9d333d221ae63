package io.flinkinference.connectors.output;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** Finds out whether a record may hold records of its own type. */
final class Recursion {

  private final String root;
  private final Set<String> seen = new HashSet<>();

  private Recursion(String root) {
    this.root = root;
  }

  /** Whether records of the schema may hold others of it, however deep. */
  static boolean isRecursive(Schema schema) {
    Recursion recursion = new Recursion(schema.getFullName());
    return recursion.anyFieldHoldsRoot(schema);
  }

  private boolean anyFieldHoldsRoot(Schema schema) {
    return schema.getFields().stream().anyMatch(field -> holdsRoot(field.schema()));
  }

  private boolean holdsRoot(Schema schema) {
    return switch (schema.getType()) {
      case ARRAY -> holdsRoot(schema.getElementType());
      case MAP -> holdsRoot(schema.getValueType());
      case UNION -> schema.getTypes().stream().anyMatch(this::holdsRoot);
      case RECORD ->
          schema.getFullName().equals(root)
              || (seen.add(schema.getFullName()) && anyFieldHoldsRoot(schema));
      default -> false;
    };
  }
}
