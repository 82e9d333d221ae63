package io.flinkinference.connectors;

import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import java.time.Clock;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

/**
 * Builds a sink of scored texts: Avro records {@link ScoredText} in a Kafka topic.
 *
 * <pre>{@code
 * DataStream<Scored<KafkaText, Classification>> scored = ...
 * scored.sinkTo(
 *     ScoredTexts.classifications("localhost:9092", "scored").exactlyOnce("scoring").build());
 * }</pre>
 *
 * <p>Key and headers pass through. The Kafka record carries the timestamp of the text's own record,
 * so that event time does too, and time-based retention of the topic counts from it: to score texts
 * older than {@code retention.ms}, raise that first. The text itself is left out unless {@link
 * #includeText} asks for it; topic, partition and offset of its record are always there.
 *
 * @param <R> type of the results
 */
public final class ScoredTexts<R> extends SinkBuilder<Scored<KafkaText, R>, ScoredTexts<R>> {

  private final ResultWriter<R> results;
  private boolean includeText;

  private ScoredTexts(String bootstrapServers, String topic, ResultWriter<R> results) {
    super(bootstrapServers, topic);
    this.results = results;
  }

  /** Begins a sink of texts with labels. */
  public static ScoredTexts<Classification> classifications(String bootstrapServers, String topic) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultWriter.CLASSIFICATION);
  }

  /** Begins a sink of texts with embeddings. */
  public static ScoredTexts<Embedding> embeddings(String bootstrapServers, String topic) {
    return new ScoredTexts<>(bootstrapServers, topic, ResultWriter.EMBEDDING);
  }

  /** Whether the text itself, which is the whole value of its record, is written too. */
  public ScoredTexts<R> includeText(boolean include) {
    includeText = include;
    return this;
  }

  @Override
  ScoredTexts<R> self() {
    return this;
  }

  @Override
  KafkaRecordSerializationSchema<Scored<KafkaText, R>> serializer(String toTopic) {
    return new ScoredTextSerializationSchema<>(toTopic, results, includeText, Clock.systemUTC());
  }
}
