package io.flinkinference.connectors;

import io.flinkinference.connectors.output.ResultEncoder;
import io.flinkinference.connectors.output.ResultKind;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Scored;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes a scored text a Kafka record. Each subtask of the sink has its own copy.
 *
 * @param <R> type of the results
 */
final class ScoredTextSerializationSchema<R>
    implements KafkaRecordSerializationSchema<Scored<KafkaText, R>> {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final ResultKind<R> results;
  private final ScoredTextOptions options;
  private final Clock clock;
  private transient ResultEncoder<R> encoder;
  private transient ModelHeaders headers;

  ScoredTextSerializationSchema(
      String topic, ResultKind<R> results, ScoredTextOptions options, Clock clock) {
    this.topic = topic;
    this.results = results;
    this.options = options;
    this.clock = clock;
  }

  /** May wait for a schema registry, and fails where that does not answer. */
  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    encoder = options.format().encoder(results, topic, options.includeText());
    headers = new ModelHeaders();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Scored<KafkaText, R> scored, KafkaSinkContext context, Long timestamp) {
    KafkaText input = scored.input();
    // Kafka takes no negative timestamps, which is how it gives those that are missing.
    boolean keeps = options.originalTimestamps() && input.timestamp() >= 0;
    Long recordTimestamp = keeps ? (Long) input.timestamp() : null;
    byte[] key = options.keepKey() ? input.key() : null;
    byte[] value = encoder.encode(scored, clock.millis());
    return new ProducerRecord<>(topic, null, recordTimestamp, key, value, headersOf(scored));
  }

  private List<Header> headersOf(Scored<KafkaText, R> scored) {
    List<Header> own = scored.input().headers();
    return options.modelHeaders() ? headers.add(own, scored.stamp()) : own;
  }
}
