package io.flinkinference.connectors.output;

import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Scored;
import io.flinkinference.result.UnscorableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;

/**
 * Adds a field {@link InferenceResult} to the record that was scored. The field is the last one, so
 * the record's own bytes are taken over as they are. A record without a value keeps having none: a
 * tombstone remains one.
 *
 * <p>Belongs to the thread of one sink; buffers are used again. Only records come here that can be
 * enriched, and whose value ends where the record does, for the text extractor lets no others pass.
 *
 * @param <R> type of the results
 */
final class EnrichedEncoder<R> implements ResultEncoder<R> {

  /** Schemas of a topic are few; it bounds what a registry that makes new ones each time can do. */
  private static final int REMEMBERED = 1_000;

  private final ResultKind<R> results;
  private final AvroEncoding input;
  private final String field;
  private final Framing framing;
  private final AvroBuffer buffer = new AvroBuffer();
  private final IdentityHashMap<Schema, EnrichedForm> forms = new IdentityHashMap<>();

  EnrichedEncoder(ResultKind<R> results, AvroEncoding input, String field, Framing framing) {
    this.results = results;
    this.input = input;
    this.field = field;
    this.framing = framing;
  }

  @Override
  public byte[] encode(Scored<KafkaText, R> scored, long scoredAt) {
    byte[] value = scored.input().value();
    if (value == null) {
      return null;
    }
    EnrichedForm form = formOf(value, scored.input());
    BinaryEncoder out = buffer.begin();
    try {
      out.writeIndex(Branch.VALUE);
      results.write(scored.result(), buffer.names(), out);
      buffer.write(scored.stamp());
      out.writeLong(scoredAt);
      return form.join(value, input.dataOffset(), buffer);
    } catch (IOException e) {
      throw new UncheckedIOException("Result of " + scored.input() + " cannot be encoded.", e);
    }
  }

  private EnrichedForm formOf(byte[] value, KafkaText record) {
    try {
      Schema schema = input.schema(value);
      EnrichedForm form = forms.get(schema); // By the object: comparing schemas costs far more.
      return form == null ? remember(schema) : form;
    } catch (UnscorableException e) {
      throw new IllegalStateException(
          record
              + " cannot be enriched, and it should have become a dead letter before: "
              + e.getMessage()
              + " Take the text by AvroText.field(..., encoding).enrichedBy(\""
              + field
              + "\"), with the encoding that the sink has.",
          e);
    }
  }

  private EnrichedForm remember(Schema schema) {
    if (forms.size() >= REMEMBERED) {
      forms.clear();
    }
    EnrichedForm form = EnrichedForm.of(schema, field, framing);
    forms.put(schema, form);
    return form;
  }
}
