package io.flinkinference.connectors.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.KafkaHeader;
import io.flinkinference.connectors.avro.Origin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes of a letter the record that it holds, as it was but for a header that counts the replays.
 */
final class Originals {

  private final Target target;
  private final ToIntFunction<String> partitions;

  /**
   * @param partitions how many partitions a topic has; 0 where it does not exist
   */
  Originals(Target target, ToIntFunction<String> partitions) {
    this.target = target;
    this.partitions = partitions;
  }

  /**
   * The record of a letter.
   *
   * @throws ReplayException if the topic for it does not exist
   */
  ProducerRecord<byte[], byte[]> of(Letter letter) {
    DeadLetter content = letter.content();
    Origin origin = content.getOrigin();
    String topic = target.topic() == null ? origin.getTopic() : target.topic();
    long timestamp = origin.getTimestamp().toEpochMilli();
    return new ProducerRecord<>(
        topic,
        partition(topic, origin),
        // Kafka takes no negative timestamps, which is how it gives those that are missing.
        target.originalTimestamps() && timestamp >= 0 ? (Long) timestamp : null,
        bytes(content.getKey()),
        bytes(content.getValue()),
        headers(letter));
  }

  /** The one that it was in: producers differ in how they choose one by key. */
  private Integer partition(String topic, Origin origin) {
    int count = partitions.applyAsInt(topic);
    if (count == 0) {
      throw new ReplayException(
          "There is no topic '"
              + topic
              + "' to put letters back to. Create it, name another, or select letters by origin.");
    }
    int before = origin.getPartition();
    boolean isThere = topic.equals(origin.getTopic()) && before >= 0 && before < count;
    return isThere ? (Integer) before : null;
  }

  private static List<Header> headers(Letter letter) {
    List<Header> headers = new ArrayList<>();
    for (KafkaHeader header : letter.content().getHeaders()) {
      if (!header.getKey().equals(Replay.REPLAYED_HEADER)) {
        headers.add(new RecordHeader(header.getKey(), bytes(header.getValue())));
      }
    }
    byte[] replays = Integer.toString(letter.replays() + 1).getBytes(US_ASCII);
    headers.add(new RecordHeader(Replay.REPLAYED_HEADER, replays));
    return headers;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
