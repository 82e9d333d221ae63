package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Parts of the text, no labels of the whole, no embedding. */
final class EntitiesKind extends ResultKind<Entities> {

  private static final long serialVersionUID = 1L;

  /** What other kinds write in place of entities. */
  static void writeNone(Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(0);
    out.writeArrayEnd();
    out.writeIndex(Branch.NULL);
  }

  /** What other kinds write in place of entities. */
  static void writeNone(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("entities");
    out.writeEndArray();
    out.writeNullField("redacted");
  }

  @Override
  void write(Entities result, Names names, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(0);
    out.writeArrayEnd();
    out.writeIndex(Branch.NULL);
    writePlain(result, names, out);
  }

  @Override
  void write(Entities result, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("labels");
    out.writeEndArray();
    out.writeNullField("embedding");
    out.writeArrayFieldStart("entities");
    for (Entity entity : result.entities()) {
      out.writeStartObject();
      out.writeStringField("label", entity.label());
      out.writeNumberField("score", entity.score());
      out.writeNumberField("start", entity.start());
      out.writeNumberField("end", entity.end());
      out.writeNumberField("startCodePoint", entity.startCodePoint());
      out.writeNumberField("endCodePoint", entity.endCodePoint());
      out.writeStringField("text", entity.text());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("redacted", result.redacted());
  }

  @Override
  Schema plainSchema() {
    return AvroSchemas.textEntities();
  }

  @Override
  void writePlain(Entities result, Names names, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(result.entities().size());
    for (Entity entity : result.entities()) {
      out.startItem();
      out.writeString(names.utf8(entity.label()));
      out.writeFloat(entity.score());
      out.writeInt(entity.start());
      out.writeInt(entity.end());
      out.writeInt(entity.startCodePoint());
      out.writeInt(entity.endCodePoint());
      out.writeString(entity.text());
    }
    out.writeArrayEnd();
    if (result.redacted() == null) {
      out.writeIndex(Branch.NULL);
    } else {
      out.writeIndex(Branch.VALUE);
      out.writeString(result.redacted());
    }
  }
}
