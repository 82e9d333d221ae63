package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Ranked labels, no embedding. */
final class ClassificationKind extends ResultKind<Classification> {

  private static final long serialVersionUID = 1L;

  @Override
  void write(Classification result, Names names, Encoder out) throws IOException {
    List<LabelScore> labels = result.labels();
    out.writeArrayStart();
    out.setItemCount(labels.size());
    for (LabelScore label : labels) {
      out.startItem();
      out.writeString(names.utf8(label.label()));
      out.writeFloat(label.score());
    }
    out.writeArrayEnd();
    out.writeIndex(Branch.NULL);
    EntitiesKind.writeNone(out);
  }

  @Override
  void write(Classification result, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("labels");
    for (LabelScore label : result.labels()) {
      out.writeStartObject();
      out.writeStringField("label", label.label());
      out.writeNumberField("score", label.score());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNullField("embedding");
    EntitiesKind.writeNone(out);
  }

  @Override
  Schema plainSchema() {
    return AvroSchemas.bestLabel();
  }

  @Override
  void writePlain(Classification result, Names names, Encoder out) throws IOException {
    if (result.isEmpty()) {
      out.writeIndex(Branch.NULL);
      out.writeIndex(Branch.NULL);
      return;
    }
    LabelScore top = result.top();
    out.writeIndex(Branch.VALUE);
    out.writeString(names.utf8(top.label()));
    out.writeIndex(Branch.VALUE);
    out.writeFloat(top.score());
  }
}
