package io.flinkinference.connectors.replay;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where the records of letters go. For one thread. */
interface LetterSink extends AutoCloseable {

  /** Takes all and writes nothing. */
  LetterSink DRY = (records, next) -> {};

  /**
   * Writes the records of a batch and remembers where to go on, both or none.
   *
   * @param records with the letters that they are from
   * @param next where to go on
   */
  void write(List<Outgoing> records, Map<TopicPartition, OffsetAndMetadata> next);

  @Override
  default void close() {}

  /**
   * A record with the letter that it is from.
   *
   * @param letter for errors
   * @param original what is written
   */
  record Outgoing(Letter letter, ProducerRecord<byte[], byte[]> original) {}
}
