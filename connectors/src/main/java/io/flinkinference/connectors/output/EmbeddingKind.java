package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.result.Embedding;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** An embedding, no labels. */
final class EmbeddingKind extends ResultKind<Embedding> {

  private static final long serialVersionUID = 1L;

  @Override
  void write(Embedding result, Names names, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(0);
    out.writeArrayEnd();
    out.writeIndex(Branch.VALUE);
    writeVector(result.values(), out);
    EntitiesKind.writeNone(out);
  }

  @Override
  void write(Embedding result, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("labels");
    out.writeEndArray();
    out.writeArrayFieldStart("embedding");
    for (float value : result.values()) {
      out.writeNumber(value);
    }
    out.writeEndArray();
    EntitiesKind.writeNone(out);
  }

  @Override
  Schema plainSchema() {
    return AvroSchemas.textEmbedding();
  }

  @Override
  void writePlain(Embedding result, Names names, Encoder out) throws IOException {
    writeVector(result.values(), out);
  }

  private static void writeVector(float[] values, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(values.length);
    for (float value : values) {
      out.startItem();
      out.writeFloat(value);
    }
    out.writeArrayEnd();
  }
}
