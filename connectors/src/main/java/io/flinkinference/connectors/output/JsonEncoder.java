package io.flinkinference.connectors.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Encodes what {@link ScoredText} holds as a JSON object, with the same names.
 *
 * <p>Belongs to the thread of one sink; one generator writes all values into the same memory.
 *
 * @param <R> type of the results
 */
final class JsonEncoder<R> implements ResultEncoder<R> {

  private static final int USUAL = 1024;

  /** Numbers of a vector are most of a value; the JDK's own way to write them is slow. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final ResultKind<R> results;
  private final boolean includeText;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
  private final JsonGenerator out;

  JsonEncoder(ResultKind<R> results, boolean includeText) {
    this.results = results;
    this.includeText = includeText;
    try {
      this.out = JSON.createGenerator(bytes).setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] encode(Scored<KafkaText, R> scored, long scoredAt) {
    bytes.reset();
    try {
      out.writeStartObject();
      writeInput(scored.input());
      results.write(scored.result(), out);
      writeModel(scored.stamp());
      writeOrigin(scored.input());
      out.writeNumberField("scoredAt", scoredAt);
      out.writeEndObject();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Result of " + scored.input() + " cannot be encoded.", e);
    }
    return bytes.toByteArray();
  }

  private void writeInput(KafkaText input) throws IOException {
    if (input.key() == null) {
      out.writeNullField("key");
    } else {
      out.writeBinaryField("key", input.key());
    }
    // A record can be scored by something else than its value, which then may be no text.
    if (includeText && input.isText()) {
      out.writeFieldName("text");
      out.writeUTF8String(input.value(), 0, input.value().length);
    } else {
      out.writeNullField("text");
    }
  }

  private void writeModel(ModelStamp stamp) throws IOException {
    out.writeObjectFieldStart("model");
    out.writeStringField("name", stamp.name());
    out.writeStringField("sha256", stamp.sha256());
    out.writeStringField("precision", stamp.precision());
    out.writeStringField("device", stamp.device());
    out.writeBooleanField("batchInvariant", stamp.batchInvariant());
    out.writeEndObject();
  }

  private void writeOrigin(KafkaText input) throws IOException {
    out.writeObjectFieldStart("origin");
    out.writeStringField("topic", input.topic());
    out.writeNumberField("partition", input.partition());
    out.writeNumberField("offset", input.offset());
    out.writeNumberField("timestamp", input.timestamp());
    out.writeEndObject();
  }
}
