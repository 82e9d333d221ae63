package io.flinkinference.connectors;

import static io.flinkinference.connectors.client.ClientProperties.requireText;

import io.flinkinference.connectors.check.CheckedSerializer;
import io.flinkinference.connectors.check.KafkaAccess;
import io.flinkinference.connectors.check.SinkCheck;
import io.flinkinference.connectors.client.ClientProperties;
import io.flinkinference.connectors.client.KafkaSecurity;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What the builders of Kafka sinks have in common: where to write, and with which guarantee. The
 * guarantee has no default: {@link #exactlyOnce} or {@link #atLeastOnce} must be called.
 *
 * @param <T> type of the elements written
 * @param <B> the builder's own type
 */
public abstract sealed class SinkBuilder<T, B extends SinkBuilder<T, B>>
    permits ScoredTexts, DeadLetters {

  /**
   * The longest that a Kafka broker allows unless it is told otherwise. A checkpoint may take 10
   * minutes unless Flink is told otherwise, and is to be committed all the same.
   */
  private static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private static final Map<String, String> OWNED =
      Map.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "it is the first argument of the builder",
          ProducerConfig.ACKS_CONFIG,
              "with fewer than all, a broker that is lost takes along what the guarantee promises",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "call exactlyOnce() with a prefix",
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "call transactionTimeout()",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "the key is written as it was read",
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
              "the value is written in the format of the sink");

  private final String bootstrapServers;
  private final String topic;
  private final ClientProperties client = new ClientProperties(OWNED);
  private KafkaSecurity security;
  private DeliveryGuarantee guarantee;
  private String transactionalIdPrefix;
  private Duration transactionTimeout;

  SinkBuilder(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** This builder, as its own type. */
  abstract B self();

  /** How an element becomes a Kafka record of the given topic. */
  abstract KafkaRecordSerializationSchema<T> serializer(String toTopic);

  /**
   * Writes in Kafka transactions that are committed with each checkpoint: a consumer with {@code
   * isolation.level=read_committed} sees each element once, and sees it when the checkpoint after
   * it is complete. Needs checkpoints to be on.
   *
   * @param prefix begins the transactional ids; must differ from those of all other jobs on the
   *     Kafka cluster and stay the same when a job is restored. The topic is appended, so that the
   *     sinks of one job can share it; two sinks of one topic need two prefixes.
   */
  public B exactlyOnce(String prefix) {
    guarantee = DeliveryGuarantee.EXACTLY_ONCE;
    transactionalIdPrefix = prefix;
    return self();
  }

  /** Writes at once; after a failure a consumer may see elements again. */
  public B atLeastOnce() {
    guarantee = DeliveryGuarantee.AT_LEAST_ONCE;
    transactionalIdPrefix = null;
    return self();
  }

  /**
   * How long Kafka keeps a transaction open, 15 minutes by default. What a job wrote before it
   * failed is lost if it is not restored within this time less the checkpoint interval, and so is
   * what waits for a checkpoint that takes longer; so longer is safer. But not longer than the
   * broker's {@code transaction.max.timeout.ms}, 15 minutes by default, or the job fails when it
   * starts. {@link KafkaChecks} tells before.
   */
  public B transactionTimeout(Duration timeout) {
    transactionTimeout = Objects.requireNonNull(timeout, "timeout");
    return self();
  }

  /** Who writes, and whether over TLS. Unless this or a property says so: anybody, without TLS. */
  public B security(KafkaSecurity how) {
    security = Objects.requireNonNull(how, "how");
    return self();
  }

  /**
   * Hands a setting on to the Kafka producer. Where values are near the largest that Kafka takes,
   * raise {@code max.request.size} and the topic's {@code max.message.bytes}: a record that carries
   * the original is somewhat larger than that, and one that is refused fails the job.
   *
   * @throws IllegalArgumentException if the setting is one that this builder makes itself
   */
  public B property(String name, String value) {
    client.set(name, value);
    return self();
  }

  /**
   * Returns the sink.
   *
   * @throws IllegalArgumentException if something is missing or contradictory; the message says
   *     what to do
   */
  public KafkaSink<T> build() {
    SinkCheck check = check();
    KafkaSinkBuilder<T> sink =
        KafkaSink.<T>builder()
            .setKafkaProducerConfig(client.with(security))
            .setBootstrapServers(bootstrapServers)
            .setDeliveryGuarantee(guarantee)
            .setRecordSerializer(new CheckedSerializer<>(serializer(topic), check));
    if (guarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      sink.setTransactionalIdPrefix(idPrefix())
          .setProperty(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(timeout().toMillis()));
    }
    return sink.build();
  }

  /** What Kafka is asked before this sink writes. */
  SinkCheck check() {
    validate();
    KafkaAccess access = KafkaAccess.of(bootstrapServers, client.with(security), security);
    return guarantee == DeliveryGuarantee.EXACTLY_ONCE
        ? new SinkCheck(access, topic, idPrefix(), timeout())
        : new SinkCheck(access, topic, null, null);
  }

  private String idPrefix() {
    // No topic has a slash in its name, so other prefixes never make the same ids.
    return transactionalIdPrefix + "/" + topic;
  }

  private Duration timeout() {
    return Objects.requireNonNullElse(transactionTimeout, DEFAULT_TRANSACTION_TIMEOUT);
  }

  private void validate() {
    requireText(bootstrapServers, "bootstrapServers", "pass host:port of a Kafka broker");
    requireText(topic, "topic", "pass the name of the topic to write");
    if (guarantee == null) {
      throw new IllegalArgumentException(
          "The sink of topic '"
              + topic
              + "' has no delivery guarantee; call exactlyOnce() or atLeastOnce().");
    }
    if (guarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      requireText(
          transactionalIdPrefix,
          "The transactional id prefix",
          "pass to exactlyOnce() a name that no other job uses, such as the job's own");
    }
    if (transactionTimeout != null) {
      checkTransactionTimeout();
    }
  }

  private void checkTransactionTimeout() {
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      throw new IllegalArgumentException(
          "transactionTimeout() is "
              + transactionTimeout
              + " but atLeastOnce() uses no transactions; call exactlyOnce(), or leave it out.");
    }
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transactionTimeout() must be from 1 ms to 2^31-1 ms but is "
              + transactionTimeout
              + "; pass more than the checkpoint interval, such as 15 minutes.");
    }
  }
}
