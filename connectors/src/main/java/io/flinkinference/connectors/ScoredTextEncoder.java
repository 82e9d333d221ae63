package io.flinkinference.connectors;

import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Encodes scored texts as {@link ScoredText} in Avro's single-object encoding (Avro 1.11
 * specification, "Single-object encoding"). Writes the fields itself, in the order of the schema:
 * the generated class would box every component of an embedding and decode a text only to encode it
 * again. The tests hold it against the generated class.
 *
 * <p>Belongs to the thread of one sink; buffers are used again.
 *
 * @param <R> type of the results
 */
final class ScoredTextEncoder<R> {

  private static final byte[] HEADER = header();

  private final ResultWriter<R> results;
  private final boolean includeText;
  private final Names names = new Names();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);

  ScoredTextEncoder(ResultWriter<R> results, boolean includeText) {
    this.results = results;
    this.includeText = includeText;
  }

  /** C3 01, then the fingerprint of the schema in little-endian order. */
  private static byte[] header() {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(ScoredText.getClassSchema()))
        .array();
  }

  /**
   * Encodes one scored text.
   *
   * @param scoredAt milliseconds since the epoch
   * @return an array of its own
   */
  byte[] encode(Scored<KafkaText, R> scored, long scoredAt) {
    bytes.reset();
    try {
      out.writeFixed(HEADER);
      writeKey(scored.input());
      writeText(scored.input());
      results.write(scored.result(), names, out);
      writeModel(scored.stamp());
      writeOrigin(scored.input());
      out.writeLong(scoredAt);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Result of " + scored.input() + " cannot be encoded.", e);
    }
    return bytes.toByteArray();
  }

  private void writeKey(KafkaText input) throws IOException {
    if (input.key() == null) {
      writeNull();
    } else {
      out.writeIndex(Branch.VALUE);
      out.writeBytes(input.key());
    }
  }

  private void writeText(KafkaText input) throws IOException {
    // A record can be scored by something else than its value, which then may be no text.
    if (includeText && input.isText()) {
      out.writeIndex(Branch.VALUE);
      out.writeString(new Utf8(input.value()));
    } else {
      writeNull();
    }
  }

  private void writeModel(ModelStamp stamp) throws IOException {
    out.writeString(names.utf8(stamp.name()));
    out.writeString(names.utf8(stamp.sha256()));
    out.writeString(names.utf8(stamp.precision()));
    out.writeString(names.utf8(stamp.device()));
    out.writeBoolean(stamp.batchInvariant());
  }

  private void writeOrigin(KafkaText input) throws IOException {
    out.writeString(names.utf8(input.topic()));
    out.writeInt(input.partition());
    out.writeLong(input.offset());
    out.writeLong(input.timestamp());
  }

  private void writeNull() throws IOException {
    out.writeIndex(Branch.NULL);
    out.writeNull();
  }
}
