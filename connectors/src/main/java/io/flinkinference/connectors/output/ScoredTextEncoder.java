package io.flinkinference.connectors.output;

import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.util.Utf8;

/**
 * Encodes scored texts as {@link ScoredText}. Writes the fields itself, in the order of the schema:
 * the generated class would box every component of an embedding and decode a text only to encode it
 * again. The tests hold it against the generated class.
 *
 * <p>Belongs to the thread of one sink; buffers are used again.
 *
 * @param <R> type of the results
 */
final class ScoredTextEncoder<R> implements ResultEncoder<R> {

  private final ResultKind<R> results;
  private final boolean includeText;
  private final Frame frame;
  private final AvroBuffer buffer = new AvroBuffer();

  ScoredTextEncoder(ResultKind<R> results, boolean includeText, Frame frame) {
    this.results = results;
    this.includeText = includeText;
    this.frame = frame;
  }

  @Override
  public byte[] encode(Scored<KafkaText, R> scored, long scoredAt) {
    BinaryEncoder out = buffer.begin();
    KafkaText input = scored.input();
    try {
      writeKey(input, out);
      writeText(input, out);
      results.write(scored.result(), buffer.names(), out);
      buffer.write(scored.stamp());
      writeOrigin(input, out);
      out.writeLong(scoredAt);
      return frame.finish(buffer.end(frame.prefix()));
    } catch (IOException e) {
      throw new UncheckedIOException("Result of " + input + " cannot be encoded.", e);
    }
  }

  private static void writeKey(KafkaText input, BinaryEncoder out) throws IOException {
    if (input.key() == null) {
      out.writeIndex(Branch.NULL);
    } else {
      out.writeIndex(Branch.VALUE);
      out.writeBytes(input.key());
    }
  }

  private void writeText(KafkaText input, BinaryEncoder out) throws IOException {
    // A record can be scored by something else than its value, which then may be no text.
    if (includeText && input.isText()) {
      out.writeIndex(Branch.VALUE);
      out.writeString(new Utf8(input.value()));
    } else {
      out.writeIndex(Branch.NULL);
    }
  }

  private void writeOrigin(KafkaText input, BinaryEncoder out) throws IOException {
    out.writeString(buffer.names().utf8(input.topic()));
    out.writeInt(input.partition());
    out.writeLong(input.offset());
    out.writeLong(input.timestamp());
  }
}
