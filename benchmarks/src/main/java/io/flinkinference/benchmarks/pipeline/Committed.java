package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.connectors.avro.ScoredText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a job has committed, as any other reader sees it.
 *
 * @param results in the order in which they were written
 */
record Committed(List<Result> results) {

  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Reads a topic of results to its end.
   *
   * @param texts how many texts were sent
   * @throws IllegalStateException unless each of them came back once
   */
  static Committed read(String bootstrapServers, String topic, int texts) throws IOException {
    BitSet seen = new BitSet(texts);
    List<Result> results = new ArrayList<>(texts);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ScoredText scored = ScoredText.getDecoder().decode(record.value());
          int text = TextTopic.number(scored.getKey());
          seen.set(text);
          results.add(new Result(text, scored.getScoredAt().toEpochMilli()));
        }
      }
    }
    if (results.size() != texts || seen.cardinality() != texts) {
      throw new IllegalStateException(
          "%,d texts were sent, but %,d results of %,d of them are in the topic %s. Are there dead letters?"
              .formatted(texts, results.size(), seen.cardinality(), topic));
    }
    results.sort(Comparator.comparingLong(Result::scoredAt));
    return new Committed(List.copyOf(results));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * A result.
   *
   * @param text number of its text
   * @param scoredAt when it was written, in milliseconds of the wall clock
   */
  record Result(int text, long scoredAt) {}
}
