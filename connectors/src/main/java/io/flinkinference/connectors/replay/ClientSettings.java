package io.flinkinference.connectors.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of the Kafka clients: those of the user with those that a replay rests on. Values of the
 * user's are in no message, for some are secrets.
 */
final class ClientSettings {

  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "give the servers apart"),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "give the group apart"),
          Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "it is read_committed"),
          Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets are committed with records"),
          Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "the group says where to start"),
          Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "no topic is created"),
          Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "keys stay bytes"),
          Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "values are dead letters"),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "keys stay bytes"),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "values stay bytes"),
          Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "it is made of group and topic"));

  private static final Pattern NAMED = Pattern.compile("configuration ([a-z.]+)");

  private final String bootstrapServers;
  private final Map<String, String> given;

  ClientSettings(String bootstrapServers, Map<String, String> given) {
    this.bootstrapServers = bootstrapServers;
    this.given = Map.copyOf(given);
  }

  /**
   * Checks the name of a setting of a user.
   *
   * @throws IllegalArgumentException if it is one that a replay makes itself
   */
  static String requireFree(String name) {
    String why = OWNED.get(name);
    if (why != null) {
      throw new IllegalArgumentException(
          "Client property '" + name + "' cannot be set for a replay: " + why + ".");
    }
    return name;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  KafkaConsumer<byte[], byte[]> consumer(ReplaySettings settings) {
    Map<String, Object> config = base();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings
        .batchRecords()
        .ifPresent(most -> config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most));
    return make(
        config,
        all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  KafkaProducer<byte[], byte[]> producer(ReplaySettings settings) {
    Map<String, Object> config = base();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    return make(
        config,
        all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  private Map<String, Object> base() {
    Map<String, Object> config = new HashMap<>(given);
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }

  private <C> C make(Map<String, Object> config, Function<Map<String, Object>, C> client) {
    try {
      return client.apply(config);
    } catch (KafkaException e) {
      // Without Kafka's own words and without the cause: both may quote values.
      throw new ReplayException(
          "The Kafka client refuses its settings"
              + named(e)
              + ". They are "
              + bootstrapServers
              + " and the properties "
              + given.keySet().stream().sorted().toList()
              + "; their values are not shown.");
    }
  }

  private static String named(Throwable refusal) {
    for (Throwable e = refusal; e != null; e = e.getCause()) {
      Matcher matcher = NAMED.matcher(String.valueOf(e.getMessage()));
      if (matcher.find()) {
        return ", that of " + matcher.group(1);
      }
    }
    return "";
  }
}
