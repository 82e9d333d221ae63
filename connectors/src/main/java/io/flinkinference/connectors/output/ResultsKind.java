package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.result.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * Results side by side: in JSON an object of objects, in plain Avro a record of records. The
 * records whose schemas are fixed have no place for them.
 */
final class ResultsKind extends ResultKind<Results> {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, ResultKind<?>> kinds;

  ResultsKind(Map<String, ? extends ResultKind<?>> kinds) {
    this.kinds = new LinkedHashMap<>(kinds);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("There is no kind of result. Name at least one.");
    }
  }

  @Override
  void requireSingle() {
    throw new IllegalArgumentException(
        "The format has a place for one result of a text, and there are several: "
            + kinds.keySet()
            + ". Write OutputFormat.json() or OutputFormat.plain().");
  }

  @Override
  void write(Results result, Names names, Encoder out) {
    requireSingle();
  }

  @Override
  void write(Results result, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("results");
    for (Map.Entry<String, ResultKind<?>> kind : kinds.entrySet()) {
      out.writeObjectFieldStart(kind.getKey());
      write(kind.getValue(), of(result, kind.getKey()), out);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  @Override
  Schema plainSchema() {
    List<Schema.Field> fields = new ArrayList<>();
    kinds.forEach((name, kind) -> fields.add(field(name, kind.plainSchema())));
    return Schema.createRecord(
        "TextResults",
        "What several tasks say about a text.",
        AvroSchemas.class.getPackageName(),
        false,
        fields);
  }

  private static Schema.Field field(String name, Schema schema) {
    try {
      return new Schema.Field(name, schema, null, defaults(schema));
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "The result '"
              + name
              + "' has a name that is none in Avro. Use letters, digits and underscores, and no"
              + " digit first.",
          e);
    }
  }

  /** So that a reader of records with one task more finds something in those without it. */
  private static Map<String, Object> defaults(Schema schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    schema.getFields().forEach(field -> values.put(field.name(), field.defaultVal()));
    return values;
  }

  @Override
  void writePlain(Results result, Names names, Encoder out) throws IOException {
    for (Map.Entry<String, ResultKind<?>> kind : kinds.entrySet()) {
      writePlain(kind.getValue(), of(result, kind.getKey()), names, out);
    }
  }

  private static Object of(Results results, String name) {
    Object result = results.byName().get(name);
    if (result == null) {
      throw new IllegalArgumentException(
          "The sink expects a result named '"
              + name
              + "', and the task gives "
              + results.byName().keySet()
              + ". Name them alike.");
    }
    return result;
  }

  @SuppressWarnings("unchecked") // Task and sink name the same kinds; another one fails at once.
  private static <R> void write(ResultKind<R> kind, Object result, JsonGenerator out)
      throws IOException {
    kind.write((R) result, out);
  }

  @SuppressWarnings("unchecked") // As above.
  private static <R> void writePlain(ResultKind<R> kind, Object result, Names names, Encoder out)
      throws IOException {
    kind.writePlain((R) result, names, out);
  }
}
