package io.flinkinference.connectors;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import io.flinkinference.connectors.check.CheckedTopics;
import io.flinkinference.connectors.check.KafkaAccess;
import io.flinkinference.connectors.check.SourceCheck;
import io.flinkinference.connectors.check.TopicSet;
import io.flinkinference.connectors.client.ClientProperties;
import io.flinkinference.connectors.client.KafkaSecurity;
import io.flinkinference.connectors.source.ResumableSource;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.connectors.text.KafkaTextDeserializationSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Builds a source of the texts in Kafka topics.
 *
 * <pre>{@code
 * Source<KafkaText, ?, ?> source =
 *     KafkaTexts.source("localhost:9092", "texts").groupId("scoring").build();
 * DataStream<KafkaText> texts =
 *     env.fromSource(source, WatermarkStrategy.noWatermarks(), "texts");
 * }</pre>
 *
 * <p>Every record of the topics comes out, also one without a value or with bytes that are no text;
 * {@link KafkaText#text} tells them apart.
 *
 * <p>Unless told otherwise, a job without a checkpoint to restore starts behind the offsets that
 * its group has committed, at the earliest record where there are none, and reads on without end.
 * Each minute it looks for new partitions, and for new topics that match a pattern, and reads them
 * from their beginning. A topic that is named must be there: the job fails until it is, and goes on
 * by its restart strategy.
 *
 * <p>The client's settings are Kafka's but for {@code isolation.level=read_committed}: a record of
 * a transaction that was aborted is not to be scored.
 */
public final class KafkaTexts {

  private static final String DISCOVERY = KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key();

  private static final String COMMIT = KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key();

  private static final Map<String, String> OWNED =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "give the servers to KafkaTexts.source()",
          ConsumerConfig.GROUP_ID_CONFIG,
          "call groupId()",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          "call startingAt()",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          "the key is kept as bytes",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          "the value is kept as bytes",
          DISCOVERY,
          "call partitionDiscovery()");

  private final String bootstrapServers;
  private final TopicSet topics;
  private final ClientProperties client = new ClientProperties(OWNED);
  private String groupId;
  private OffsetsInitializer start = FixedStart.COMMITTED_OR_EARLIEST;
  private OffsetsInitializer end;
  private Duration discovery = Duration.ofMinutes(1);
  private KafkaSecurity security;

  private KafkaTexts(String bootstrapServers, TopicSet topics) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
  }

  /**
   * Begins a source of topics by name.
   *
   * @param bootstrapServers hosts and ports, such as {@code kafka-1:9092,kafka-2:9092}
   * @param topics their names, at least one
   */
  public static KafkaTexts source(String bootstrapServers, String... topics) {
    return new KafkaTexts(bootstrapServers, TopicSet.named(topics));
  }

  /**
   * Begins a source of all topics whose whole names match, also of those that appear later.
   *
   * @param bootstrapServers hosts and ports, such as {@code kafka-1:9092,kafka-2:9092}
   */
  public static KafkaTexts sourceMatching(String bootstrapServers, Pattern names) {
    return new KafkaTexts(bootstrapServers, TopicSet.matching(names));
  }

  /** Name under which offsets are committed, so that Kafka's tools show the lag. Required. */
  public KafkaTexts groupId(String id) {
    groupId = id;
    return this;
  }

  /**
   * Where a job without a checkpoint starts. The reset strategy of these offsets also holds for a
   * restored job whose own offset Kafka has deleted: with {@code LATEST} it leaves out what is
   * still there. The other methods read on at the earliest record then.
   *
   * @param offsets {@link OffsetsInitializer#committedOffsets} are looked up once, when the job
   *     starts, and not by each reader as in Flink's own source
   */
  public KafkaTexts startingAt(OffsetsInitializer offsets) {
    start = new FixedStart(Objects.requireNonNull(offsets, "offsets"));
    return this;
  }

  /**
   * A job without a checkpoint starts behind what its group has committed, at the earliest record
   * where there is nothing. So it does by default.
   */
  public KafkaTexts startingAtCommitted() {
    start = FixedStart.COMMITTED_OR_EARLIEST;
    return this;
  }

  /**
   * A job without a checkpoint starts at the earliest record, whatever its group has committed. By
   * default it starts behind that.
   */
  public KafkaTexts startingAtEarliest() {
    return startingAt(OffsetsInitializer.earliest());
  }

  /**
   * A job without a checkpoint leaves out what is there when it starts, also where its group has
   * read less.
   */
  public KafkaTexts startingAtLatest() {
    start = FixedStart.readingOnAtEarliest(OffsetsInitializer.latest());
    return this;
  }

  /** A job without a checkpoint starts at the first record of this time, or of a later one. */
  public KafkaTexts startingAt(Instant time) {
    start = FixedStart.readingOnAtEarliest(OffsetsInitializer.timestamp(time.toEpochMilli()));
    return this;
  }

  /**
   * How often to look for new partitions and topics, once a minute by default. A bounded source
   * looks once.
   *
   * @param interval zero to look once, when the job starts
   */
  public KafkaTexts partitionDiscovery(Duration interval) {
    if (interval.isNegative() || (!interval.isZero() && interval.toMillis() == 0)) {
      throw new IllegalArgumentException(
          "partitionDiscovery() is at least 1 ms, or zero, but is "
              + interval
              + "; pass zero to look once, when the job starts.");
    }
    discovery = interval;
    return this;
  }

  /** Who reads, and whether over TLS. Unless this or a property says so: anybody, without TLS. */
  public KafkaTexts security(KafkaSecurity how) {
    security = Objects.requireNonNull(how, "how");
    return this;
  }

  /**
   * Where to end; the offsets are looked up once, when the job starts. A job that goes on from a
   * checkpoint keeps its ends, and only one that has an end goes on from one with an end.
   *
   * @param offsets not {@link OffsetsInitializer#committedOffsets} or {@link
   *     OffsetsInitializer#earliest}, which are looked up later: with them the job fails
   */
  public KafkaTexts boundedAt(OffsetsInitializer offsets) {
    end = new FixedEnd(Objects.requireNonNull(offsets, "offsets"));
    return this;
  }

  /**
   * Hands a setting on to the Kafka consumer, or one of flink-connector-kafka's own, such as {@code
   * client.id.prefix}.
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
  public Source<KafkaText, KafkaPartitionSplit, KafkaSourceEnumState> build() {
    return new ResumableSource<>(connector(), check());
  }

  /** The source of Flink's connector. */
  KafkaSource<KafkaText> connector() {
    SourceCheck check = check();
    Properties properties = client.with(security);
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    KafkaSourceBuilder<KafkaText> source =
        KafkaSource.<KafkaText>builder()
            .setProperties(properties)
            .setBootstrapServers(bootstrapServers)
            .setKafkaSubscriber(new CheckedTopics(check))
            .setGroupId(groupId)
            .setStartingOffsets(start)
            .setDeserializer(new KafkaTextDeserializationSchema());
    if (end == null) {
      source.setProperty(DISCOVERY, Long.toString(discovery.toMillis()));
    } else {
      source.setBounded(end);
      source.setProperty(COMMIT, "false"); // ResumableSource does, and waits for it.
    }
    return source.build();
  }

  /** What Kafka is asked before this source reads. */
  SourceCheck check() {
    requireText(bootstrapServers, "bootstrapServers", "pass host:port of a Kafka broker");
    topics.validate();
    requireText(groupId, "groupId", "call groupId() with a name for the job that reads");
    Properties properties = client.with(security);
    boolean commits = !"false".equalsIgnoreCase(properties.getProperty(COMMIT));
    return new SourceCheck(
        KafkaAccess.of(bootstrapServers, properties, security),
        topics,
        commits ? groupId : null,
        end != null);
  }
}
