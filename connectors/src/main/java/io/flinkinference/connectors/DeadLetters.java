package io.flinkinference.connectors;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.DeadLetter;
import java.time.Clock;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

/**
 * Builds a sink of dead letters: Avro records {@link io.flinkinference.connectors.avro.DeadLetter}
 * in a Kafka topic, with the record that could not be scored, whole, and the reason.
 *
 * <pre>{@code
 * DataStream<DeadLetter<KafkaText>> deadLetters = ...
 * deadLetters.sinkTo(
 *     DeadLetters.sink("localhost:9092", "dead-letters").exactlyOnce("scoring").build());
 * }</pre>
 *
 * <p>Key and headers are in the letter, so that {@link io.flinkinference.connectors.replay.Replay}
 * can put the record back where it came from, and pass through too, for consumers that route by
 * them. The Kafka record's timestamp is the time of writing, for dead letters are looked at when
 * they appear; that of the record itself is in its origin.
 */
public final class DeadLetters extends SinkBuilder<DeadLetter<KafkaText>, DeadLetters> {

  private DeadLetters(String bootstrapServers, String topic) {
    super(bootstrapServers, topic);
  }

  /** Begins a sink of dead letters. */
  public static DeadLetters sink(String bootstrapServers, String topic) {
    return new DeadLetters(bootstrapServers, topic);
  }

  @Override
  DeadLetters self() {
    return this;
  }

  @Override
  KafkaRecordSerializationSchema<DeadLetter<KafkaText>> serializer(String toTopic) {
    return new DeadLetterSerializationSchema(toTopic, Clock.systemUTC());
  }
}
