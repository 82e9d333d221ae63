package io.flinkinference.connectors;

import io.flinkinference.result.Scored;
import java.time.Clock;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes a scored text a Kafka record. Each subtask of the sink has its own copy.
 *
 * @param <R> type of the results
 */
final class ScoredTextSerializationSchema<R>
    implements KafkaRecordSerializationSchema<Scored<KafkaText, R>> {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final ResultWriter<R> results;
  private final boolean includeText;
  private final Clock clock;
  private transient ScoredTextEncoder<R> encoder;

  ScoredTextSerializationSchema(
      String topic, ResultWriter<R> results, boolean includeText, Clock clock) {
    this.topic = topic;
    this.results = results;
    this.includeText = includeText;
    this.clock = clock;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    encoder = new ScoredTextEncoder<>(results, includeText);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Scored<KafkaText, R> scored, KafkaSinkContext context, Long timestamp) {
    KafkaText input = scored.input();
    // Kafka takes no negative timestamps, which is how it gives those that are missing.
    Long recordTimestamp = input.timestamp() < 0 ? null : (Long) input.timestamp();
    byte[] value = encoder.encode(scored, clock.millis());
    return new ProducerRecord<>(topic, null, recordTimestamp, input.key(), value, input.headers());
  }
}
