package io.flinkinference.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads back what the job has committed, as any other reader would ({@code read_committed}).
 *
 * <p>{@link #run} owns the consumer; {@link #finish} and {@link #close} may be called by any
 * thread.
 */
final class ResultReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Results results;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean toTheEnd;
  private volatile boolean closed;

  ResultReader(String bootstrapServers, Results results) {
    this.results = Objects.requireNonNull(results, "results");
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "demo-reader",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Reads until all that is there was read after {@link #finish}, or until {@link #close}. */
  void run() throws IOException {
    try (consumer) {
      Set<TopicPartition> partitions =
          Stream.of(Topics.SCORED, Topics.DEAD_LETTERS)
              .map(consumer::partitionsFor)
              .flatMap(List::stream)
              .map(ResultReader::partition)
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        // The question comes before the answer: what is committed before finish() is read.
        boolean last = toTheEnd;
        poll();
        if (last && isAtEnd(partitions)) {
          return;
        }
      }
    }
  }

  /** Lets {@link #run} return when it has read all that is committed by now. */
  void finish() {
    toTheEnd = true;
  }

  /** Lets {@link #run} return as soon as it can. */
  @Override
  public void close() {
    closed = true;
  }

  private void poll() throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(Topics.SCORED)) {
        results.scored(record.value(), System.currentTimeMillis());
      } else {
        results.deadLetter(record.value());
      }
    }
  }

  private boolean isAtEnd(Set<TopicPartition> partitions) {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }
}
