package io.flinkinference.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class LocalKafkaITCase {

  private static LocalKafka kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = LocalKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void recordsComeBackToAGroupOfConsumers() throws Exception {
    kafka.createTopic("plain", 2);
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (int i = 0; i < 20; i++) {
        producer.send(new ProducerRecord<>("plain", "key" + i, "text" + i)).get();
      }
    }
    assertThat(read("plain", 20)).contains("text0", "text19").doesNotHaveDuplicates();
  }

  @Test
  void abortedTransactionsStayHidden() throws Exception {
    kafka.createTopic("transactions", 1);
    Map<String, Object> transactional = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test");
    try (KafkaProducer<String, String> producer = producer(transactional)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "committed")).get();
      producer.commitTransaction();
    }
    LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
    assertThat(topics.committed("transactions"))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("committed");
  }

  /** By default the broker deletes them 30 s after its start. */
  @Test
  void recordsOfLongAgoAreKept() throws Exception {
    kafka.createTopic("old", 1);
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "old");
    try (Admin admin = kafka.admin()) {
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value()).isEqualTo("-1");
    }
  }

  @Test
  void unknownTopicsAreNotCreated() {
    Map<String, Object> impatient = Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    try (KafkaProducer<String, String> producer = producer(impatient)) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("misspelt", "text")).get())
          .hasMessageContaining("misspelt");
    }
  }

  @Test
  void listenerThatWasNotAskedForIsRefused() {
    assertThatThrownBy(() -> kafka.bootstrapServers(SecurityProtocol.SASL_SSL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no listener for SASL_SSL")
        .hasMessageContaining("BrokerSecurity");
  }

  @Test
  void secondTopicOfTheSameNameIsRefused() throws Exception {
    kafka.createTopic("twice", 1);
    assertThatThrownBy(() -> kafka.createTopic("twice", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'twice'")
        .hasMessageContaining("exists");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interruptFromTheTerminalDoesNotEndTheBroker() throws Exception {
    kafka.createTopic("interrupted", 1);
    String pid = Long.toString(kafka.process().pid());
    assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid).start().waitFor()).isZero();
    // A broker that obeys shuts down within a second.
    assertThat(kafka.process().waitFor(2, TimeUnit.SECONDS)).isFalse();
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>("interrupted", "text")).get();
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private static List<String> read(String topic, int count) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            topic + "-readers",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
