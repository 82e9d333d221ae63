package io.flinkinference.connectors;

import static io.flinkinference.connectors.ClientProperties.requireText;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Builds a source of the texts in a Kafka topic.
 *
 * <pre>{@code
 * KafkaSource<KafkaText> source =
 *     KafkaTexts.source("localhost:9092", "texts").groupId("scoring").build();
 * DataStream<KafkaText> texts =
 *     env.fromSource(source, WatermarkStrategy.noWatermarks(), "texts");
 * }</pre>
 *
 * <p>Every record of the topic comes out, also one without a value or with bytes that are no text;
 * {@link KafkaText#text} tells them apart.
 *
 * <p>Unless told otherwise, a job without a checkpoint to restore starts behind the offsets that
 * its group has committed, at the earliest record where there are none, and reads on without end;
 * the client's settings are Kafka's but for {@code isolation.level=read_committed}: a record of a
 * transaction that was aborted is not to be scored.
 */
public final class KafkaTexts {

  private static final Map<String, String> OWNED =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "give the servers to KafkaTexts.source()",
          ConsumerConfig.GROUP_ID_CONFIG, "call groupId()",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "call startingAt()",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "the key is kept as bytes",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "the value is kept as bytes");

  private final String bootstrapServers;
  private final String topic;
  private final ClientProperties client = new ClientProperties(OWNED);
  private String groupId;
  private OffsetsInitializer start = committedOrEarliest();
  private OffsetsInitializer end;

  private KafkaTexts(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /**
   * Begins a source.
   *
   * @param bootstrapServers hosts and ports, such as {@code kafka-1:9092,kafka-2:9092}
   * @param topic name of the topic
   */
  public static KafkaTexts source(String bootstrapServers, String topic) {
    return new KafkaTexts(bootstrapServers, topic);
  }

  /** Name under which offsets are committed, so that Kafka's tools show the lag. Required. */
  public KafkaTexts groupId(String id) {
    groupId = id;
    return this;
  }

  /** Where a job without a checkpoint starts. */
  public KafkaTexts startingAt(OffsetsInitializer offsets) {
    start = Objects.requireNonNull(offsets, "offsets");
    return this;
  }

  /** Where to end; the offsets are looked up once, when the job starts. */
  public KafkaTexts boundedAt(OffsetsInitializer offsets) {
    end = Objects.requireNonNull(offsets, "offsets");
    return this;
  }

  /**
   * Hands a setting on to the Kafka consumer, or one of flink-connector-kafka's own, such as {@code
   * partition.discovery.interval.ms}.
   *
   * @throws IllegalArgumentException if the setting is one that this builder makes itself
   */
  public KafkaTexts property(String name, String value) {
    client.set(name, value);
    return this;
  }

  /**
   * Returns the source.
   *
   * @throws IllegalArgumentException if something is missing; the message says what to do
   */
  public KafkaSource<KafkaText> build() {
    requireText(bootstrapServers, "bootstrapServers", "pass host:port of a Kafka broker");
    requireText(topic, "topic", "pass the name of the topic to read");
    requireText(groupId, "groupId", "call groupId() with a name for the job that reads");
    Properties properties = client.copy();
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    KafkaSourceBuilder<KafkaText> source =
        KafkaSource.<KafkaText>builder()
            .setProperties(properties)
            .setBootstrapServers(bootstrapServers)
            .setTopics(topic)
            .setGroupId(groupId)
            .setStartingOffsets(start)
            .setDeserializer(new KafkaTextDeserializationSchema());
    if (end != null) {
      source.setBounded(end);
    }
    return source.build();
  }

  // Deprecated by Kafka, but flink-connector-kafka takes no other type yet.
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer committedOrEarliest() {
    return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }
}
