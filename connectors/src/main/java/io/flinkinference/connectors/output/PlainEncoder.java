package io.flinkinference.connectors.output;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;

/**
 * Encodes the result alone, as a record of plain columns.
 *
 * <p>Belongs to the thread of one sink; buffers are used again.
 *
 * @param <R> type of the results
 */
final class PlainEncoder<R> implements ResultEncoder<R> {

  private final ResultKind<R> results;
  private final Frame frame;
  private final AvroBuffer buffer = new AvroBuffer();

  PlainEncoder(ResultKind<R> results, Frame frame) {
    this.results = results;
    this.frame = frame;
  }

  @Override
  public byte[] encode(Scored<KafkaText, R> scored, long scoredAt) {
    BinaryEncoder out = buffer.begin();
    try {
      results.writePlain(scored.result(), buffer.names(), out);
      return frame.finish(buffer.end(frame.prefix()));
    } catch (IOException e) {
      throw new UncheckedIOException("Result of " + scored.input() + " cannot be encoded.", e);
    }
  }
}
