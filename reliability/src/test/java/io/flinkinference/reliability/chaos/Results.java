package io.flinkinference.reliability.chaos;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.DeadLetterReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A thread that reads with read_committed what the job writes, and enters it into the ledger. */
final class Results implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Ledger ledger;
  private final CompletableFuture<Void> ended;
  private volatile Map<TopicPartition, Long> ends;
  private volatile boolean closed;

  Results(String bootstrapServers, Ledger ledger) {
    this.bootstrapServers = bootstrapServers;
    this.ledger = ledger;
    this.ended = CompletableFuture.runAsync(this::read, run -> new Thread(run, "results").start());
  }

  /**
   * Reads to the very end of the topics, when nobody writes any more: what is there twice has come
   * by then. A transaction that was left open would hold this up.
   */
  void readToTheEnd(Duration limit) throws Exception {
    try (var consumer = consumer("read_uncommitted")) {
      consumer.assign(partitions(consumer));
      ends = consumer.endOffsets(consumer.assignment());
    }
    try {
      ended.get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The topics cannot be read to their ends within "
              + limit.toSeconds()
              + " s: a transaction is left open.",
          e);
    }
  }

  /** Fails if reading failed. */
  void check() throws InterruptedException, ExecutionException {
    if (ended.isDone()) {
      ended.get();
    }
  }

  private void read() {
    try (var consumer = consumer("read_committed")) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed && !isAtEnd(consumer)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          enter(record);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("What came out cannot be decoded.", e);
    }
  }

  private boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> known = ends;
    return known != null
        && known.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private void enter(ConsumerRecord<byte[], byte[]> record) throws IOException {
    int number = Feed.number(record.key());
    if (record.topic().equals(ChaosJob.SCORED)) {
      ledger.scored(number, Fingerprint.of(ScoredText.getDecoder().decode(record.value())));
    } else {
      DeadLetter letter = DeadLetter.getDecoder().decode(record.value());
      ledger.dead(number, DeadLetterReason.valueOf(letter.getReason()), letter.getValue());
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return Stream.of(ChaosJob.SCORED, ChaosJob.DEAD)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    closed = true;
    ended.exceptionally(failed -> null).join();
  }
}
