package io.flinkinference.connectors;

import io.flinkinference.connectors.avro.KafkaHeader;
import io.flinkinference.connectors.avro.ModelStamp;
import io.flinkinference.connectors.avro.Origin;
import io.flinkinference.connectors.text.Excerpt;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes a dead letter a Kafka record. Dead letters are rare: plain rather than fast. */
final class DeadLetterSerializationSchema
    implements KafkaRecordSerializationSchema<DeadLetter<KafkaText>> {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Clock clock;

  DeadLetterSerializationSchema(String topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter<KafkaText> letter, KafkaSinkContext context, Long timestamp) {
    KafkaText input = letter.input();
    long now = clock.millis();
    return new ProducerRecord<>(
        topic, null, now, input.key(), encode(letter, now), input.headers());
  }

  private static byte[] encode(DeadLetter<KafkaText> letter, long now) {
    KafkaText input = letter.input();
    var record =
        io.flinkinference.connectors.avro.DeadLetter.newBuilder()
            .setKey(wrap(input.key()))
            .setValue(wrap(input.value()))
            .setHeaders(headers(input))
            .setReason(letter.reason().name())
            .setMessage(Excerpt.of(Objects.requireNonNullElse(letter.message(), "")))
            .setStackDigest(letter.stackDigest())
            .setAttempts(letter.attempts())
            .setModel(stamp(letter))
            .setOrigin(origin(input))
            .setRejectedAt(Instant.ofEpochMilli(now))
            .build();
    try {
      // The encoder hands out an array of its own, of the record's very length.
      return io.flinkinference.connectors.avro.DeadLetter.getEncoder().encode(record).array();
    } catch (IOException e) {
      throw new UncheckedIOException("Dead letter of " + input + " cannot be encoded.", e);
    }
  }

  private static List<KafkaHeader> headers(KafkaText input) {
    return input.headers().stream()
        .map(header -> new KafkaHeader(header.key(), wrap(header.value())))
        .toList();
  }

  private static Origin origin(KafkaText input) {
    return new Origin(
        input.topic(), input.partition(), input.offset(), Instant.ofEpochMilli(input.timestamp()));
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static ModelStamp stamp(DeadLetter<KafkaText> letter) {
    io.flinkinference.result.ModelStamp stamp = letter.stamp();
    return stamp == null
        ? null
        : new ModelStamp(
            stamp.name(),
            stamp.sha256(),
            stamp.precision(),
            stamp.device(),
            stamp.batchInvariant());
  }
}
