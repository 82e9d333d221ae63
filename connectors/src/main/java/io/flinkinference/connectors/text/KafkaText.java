package io.flinkinference.connectors.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.kafka.common.header.Header;

/**
 * A Kafka record whose value is a UTF-8 text. The value stays as it came, bytes, until the text is
 * asked for: a source of these never fails on data, and a record that is no text can be kept whole.
 *
 * <p>Immutable by agreement: the arrays are shared and must not be written to.
 */
@TypeInfo(KafkaTextTypeInfo.Factory.class)
public final class KafkaText {

  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final byte[] key;
  private final byte[] value;
  private final List<Header> headers;

  // Decoded once. Two threads may both decode; either result will do.
  private transient String text;

  /**
   * @param timestamp milliseconds since the epoch; -1 where the record has none
   * @param key may be null; not copied
   * @param value may be null; not copied
   * @param headers in their order
   */
  public KafkaText(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      List<Header> headers) {
    this.topic = Objects.requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.headers = List.copyOf(headers);
  }

  /**
   * The value as a text; may be empty.
   *
   * @throws UnscorableException with {@link DeadLetterReason#NULL_TEXT} where the record has no
   *     value, with {@link DeadLetterReason#UNDECODABLE} where the value is not UTF-8
   */
  public String text() {
    if (text == null) {
      text = decode();
    }
    return text;
  }

  /** Whether {@link #text} has something to return. */
  public boolean isText() {
    return text != null || (value != null && StrictUtf8.malformedAt(value, 0, value.length) < 0);
  }

  /**
   * As {@link #text}, but not kept: for those who take only a part of it.
   *
   * @throws UnscorableException as {@link #text}
   */
  public String decode() {
    if (value == null) {
      throw new UnscorableException(
          DeadLetterReason.NULL_TEXT, "Kafka record " + position() + " has no value.");
    }
    String decoded = new String(value, UTF_8);
    int malformedAt = StrictUtf8.malformedAt(decoded, value, 0, value.length);
    if (malformedAt >= 0) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE,
          "Value of Kafka record " + position() + " is not UTF-8 at byte " + malformedAt + ".");
    }
    return decoded;
  }

  private String position() {
    return topic + "-" + partition + " offset " + offset;
  }

  /** Topic that the record was read from. */
  public String topic() {
    return topic;
  }

  /** Partition that the record was read from. */
  public int partition() {
    return partition;
  }

  /** Offset of the record in its partition. */
  public long offset() {
    return offset;
  }

  /** Timestamp of the record in milliseconds since the epoch; -1 where it has none. */
  public long timestamp() {
    return timestamp;
  }

  /** The key itself, or null; must not be written to. */
  public byte[] key() {
    return key;
  }

  /** The value itself, or null; must not be written to. */
  public byte[] value() {
    return value;
  }

  /** Headers in their order; a key may come more than once. */
  public List<Header> headers() {
    return headers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaText that
        && partition == that.partition
        && offset == that.offset
        && timestamp == that.timestamp
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return (topic.hashCode() * 31 + partition) * 31 + Long.hashCode(offset);
  }

  /** Where the record is from; not what it says, for texts do not belong into logs. */
  @Override
  public String toString() {
    return "KafkaText[" + position() + "]";
  }
}
