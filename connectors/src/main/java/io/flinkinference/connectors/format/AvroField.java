package io.flinkinference.connectors.format;

import io.flinkinference.connectors.text.Excerpt;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A field of records that are written with one schema, by its names from the outside in. It is read
 * without the fields around it, which are skipped; the value must end where its schema says.
 *
 * <p><b>Thread safety:</b> immutable.
 */
final class AvroField {

  private final Schema schema;
  private final List<String> names;

  private AvroField(Schema schema, List<String> names) {
    this.schema = schema;
    this.names = names;
  }

  /**
   * Looks for the field.
   *
   * @throws UnscorableException if the schema has no such field, or it is no text
   */
  static AvroField of(Schema schema, List<String> names) {
    if (!leads(schema, names, 0)) {
      throw refuse(schema, names);
    }
    return new AvroField(schema, names);
  }

  /** Whether some branch of unions leads to a text. */
  private static boolean leads(Schema schema, List<String> names, int depth) {
    if (schema.getType() == Schema.Type.UNION) {
      return schema.getTypes().stream().anyMatch(branch -> leads(branch, names, depth));
    }
    if (schema.getType() != wanted(names, depth)) {
      return false;
    }
    Schema.Field field = depth < names.size() ? schema.getField(names.get(depth)) : null;
    return depth == names.size() || (field != null && leads(field.schema(), names, depth + 1));
  }

  private static Schema.Type wanted(List<String> names, int depth) {
    return depth < names.size() ? Schema.Type.RECORD : Schema.Type.STRING;
  }

  private static UnscorableException refuse(Schema schema, List<String> names) {
    return new UnscorableException(
        DeadLetterReason.UNDECODABLE,
        "There is no text in a field "
            + String.join(".", names)
            + " of the schema "
            + Excerpt.of(describe(schema))
            + ".");
  }

  private static String describe(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      return schema.toString();
    }
    return schema.getFullName() + schema.getFields().stream().map(Schema.Field::name).toList();
  }

  /**
   * Reads the field.
   *
   * @param from index of the first byte of the data
   * @return its text, or null where it or something around it is null
   * @throws UnscorableException if the bytes are not what the schema says
   */
  String read(byte[] bytes, int from) {
    AvroCursor in = new AvroCursor(bytes, from);
    String text;
    try {
      text = read(in, schema, 0);
    } catch (AvroDataException e) {
      throw undecodable(e.getMessage());
    }
    if (in.left() > 0) {
      throw undecodable(in.left() + " bytes are left behind it");
    }
    return text;
  }

  private String read(AvroCursor in, Schema at, int depth) {
    if (at.getType() == Schema.Type.UNION) {
      return read(in, in.readBranch(at), depth);
    }
    if (at.getType() == Schema.Type.RECORD && depth < names.size()) {
      return readRecord(in, at, depth);
    }
    if (at.getType() == Schema.Type.STRING && depth == names.size()) {
      return in.readString();
    }
    if (at.getType() == Schema.Type.NULL) {
      return null;
    }
    throw new AvroDataException(
        "a branch without the field " + String.join(".", names) + " is there");
  }

  private String readRecord(AvroCursor in, Schema at, int depth) {
    String name = names.get(depth);
    if (at.getField(name) == null) {
      throw new AvroDataException("its " + at.getFullName() + " has no field " + name);
    }
    String text = null;
    for (Schema.Field field : at.getFields()) {
      if (field.name().equals(name)) {
        text = read(in, field.schema(), depth + 1);
      } else {
        in.skip(field.schema());
      }
    }
    return text;
  }

  private UnscorableException undecodable(String why) {
    return new UnscorableException(
        DeadLetterReason.UNDECODABLE, "The value is not what its schema says: " + why + ".");
  }
}
