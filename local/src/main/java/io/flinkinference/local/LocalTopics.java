package io.flinkinference.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes to the topics of a broker without security, and reads what is committed in them, by plain
 * clients that live as long as a call.
 *
 * <p><b>Thread safety:</b> may be shared by threads.
 */
public final class LocalTopics {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String bootstrapServers;

  /**
   * @param bootstrapServers of the broker
   */
  public LocalTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Writes values, each with its number as the key, and returns when the broker has them all. */
  public void write(String topic, List<byte[]> values) throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      byte[] key = Integer.toString(records.size()).getBytes(UTF_8);
      records.add(new ProducerRecord<>(topic, key, value));
    }
    write(records);
  }

  /** Writes records, and returns when the broker has them all. */
  public void write(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      records.forEach(record -> sent.add(producer.send(record)));
    }
    for (Future<?> each : sent) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The broker did not take a record.", e.getCause());
      }
    }
  }

  /** All that is committed in a topic by now. */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    TransactionMarkers.await(bootstrapServers);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = consumerAtTheBeginning(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /** What is committed in a topic when there are at least so many records, or after 2 minutes. */
  public List<ConsumerRecord<byte[], byte[]>> awaitCommitted(String topic, int count) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = consumerAtTheBeginning(topic)) {
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumerAtTheBeginning(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
