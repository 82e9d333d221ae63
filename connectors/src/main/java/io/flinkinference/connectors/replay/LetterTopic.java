package io.flinkinference.connectors.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of dead letters from where the group ended to the end that it had when it was opened.
 * Belongs to the thread of one replay.
 *
 * <p>Invariant: no record behind that end is looked at, also if it comes with others.
 */
final class LetterTopic {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final LetterDecoder decoder;
  private final Place place;
  private final Map<TopicPartition, Long> next;
  private long silentNanos; // Without the time that the caller takes between reads.

  private LetterTopic(Consumer<byte[], byte[]> consumer, LetterDecoder decoder, Place place) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.place = place;
    this.next = new HashMap<>(place.starts());
  }

  /** Opens the topic with a consumer that stays the caller's. */
  static LetterTopic open(
      Consumer<byte[], byte[]> consumer, LetterDecoder decoder, ReplaySettings settings) {
    Place place = Place.find(consumer, settings);
    consumer.assign(place.starts().keySet());
    place.starts().forEach(consumer::seek);
    LetterTopic topic = new LetterTopic(consumer, decoder, place);
    topic.pauseEnded();
    return topic;
  }

  /** Whether the group has been here before. */
  boolean passedBefore() {
    return place.passedBefore();
  }

  /** Whether all is read. */
  boolean hasEnded() {
    return next.entrySet().stream().allMatch(entry -> isEnd(entry.getKey(), entry.getValue()));
  }

  /**
   * Reads on; may return nothing.
   *
   * @throws ReplayException if Kafka has not answered for too long
   */
  LetterBatch read() {
    List<Letter> letters = new ArrayList<>();
    List<UnreadableLetter> unreadable = new ArrayList<>();
    long startNanos = System.nanoTime();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.offset() < end(partition(record))) {
        read(record, letters, unreadable);
      }
    }
    Map<TopicPartition, OffsetAndMetadata> moved = move();
    silentNanos = moved.isEmpty() ? silentNanos + System.nanoTime() - startNanos : 0;
    checkSilence();
    pauseEnded();
    return new LetterBatch(letters, unreadable, moved);
  }

  private void read(
      ConsumerRecord<byte[], byte[]> record,
      List<Letter> letters,
      List<UnreadableLetter> unreadable) {
    try {
      letters.add(Letter.of(record.partition(), record.offset(), decoder.decode(record.value())));
    } catch (UnreadableLetterException e) {
      unreadable.add(new UnreadableLetter(record.partition(), record.offset(), e.getMessage()));
    }
  }

  /** By the consumer's position, which also passes what is no record: marks of transactions. */
  private Map<TopicPartition, OffsetAndMetadata> move() {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> entry : next.entrySet()) {
      TopicPartition partition = entry.getKey();
      long position = Math.min(consumer.position(partition), end(partition));
      if (position > entry.getValue()) {
        entry.setValue(position);
        moved.put(partition, new OffsetAndMetadata(position, place.mark()));
      }
    }
    return moved;
  }

  private void checkSilence() {
    if (silentNanos > SILENCE_LIMIT.toNanos()) {
      throw new ReplayException(
          "Kafka has given nothing to read for "
              + SILENCE_LIMIT.toSeconds()
              + " s, though there is more. Look whether its brokers are up.");
    }
  }

  /** Else what is written behind the end would be fetched in vain. */
  private void pauseEnded() {
    consumer.pause(
        next.keySet().stream().filter(partition -> isEnd(partition, next.get(partition))).toList());
  }

  private boolean isEnd(TopicPartition partition, long offset) {
    return offset >= end(partition);
  }

  private long end(TopicPartition partition) {
    return place.ends().get(partition);
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
