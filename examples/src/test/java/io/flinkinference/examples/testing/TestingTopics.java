package io.flinkinference.examples.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.local.TransactionMarkers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to topics, and reads what is committed in them. */
public final class TestingTopics {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String bootstrapServers;

  /**
   * @param bootstrapServers of the broker
   */
  public TestingTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Writes values, each with its number as the key, and returns when they are written. */
  public void write(String topic, List<byte[]> values) throws Exception {
    List<Future<?>> written = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        byte[] key = Integer.toString(i).getBytes(UTF_8);
        written.add(producer.send(new ProducerRecord<>(topic, key, values.get(i))));
      }
      for (Future<?> each : written) {
        each.get();
      }
    }
  }

  /** Reads a topic of one partition until there are so many records, or time is up. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** All that is committed in a topic of one partition by now. */
  public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    TransactionMarkers.await(bootstrapServers);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
