package io.flinkinference.connectors.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.KafkaHeader;
import io.flinkinference.connectors.avro.Origin;
import io.flinkinference.result.DeadLetterReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Dead letters for tests. */
final class Letters {

  static final Instant REJECTED = Instant.parse("2026-06-01T12:00:00Z");
  static final Instant HAPPENED = Instant.parse("2026-06-01T11:59:00Z");

  private Letters() {}

  /** A letter of a number, which is its offset in partition 1 of the origin, too. */
  static DeadLetter letter(int number, DeadLetterReason reason, String origin, int replays) {
    List<KafkaHeader> headers = new ArrayList<>();
    headers.add(new KafkaHeader("h", bytes("first")));
    headers.add(new KafkaHeader("h", null));
    if (replays > 0) {
      headers.add(new KafkaHeader(Replay.REPLAYED_HEADER, bytes("" + replays)));
    }
    return DeadLetter.newBuilder()
        .setKey(bytes("key " + number))
        .setValue(ByteBuffer.wrap(new byte[] {(byte) number, -1, -2}))
        .setHeaders(headers)
        .setReason(reason.name())
        .setMessage("Letter " + number + " failed.")
        .setStackDigest("digest of " + reason)
        .setAttempts(0)
        .setModel(null)
        .setOrigin(new Origin(origin, 1, (long) number, HAPPENED.plusMillis(number)))
        .setRejectedAt(REJECTED.plusMillis(number))
        .build();
  }

  static DeadLetter letter(int number, DeadLetterReason reason, String origin) {
    return letter(number, reason, origin, 0);
  }

  /** As a record of a topic of dead letters. */
  static ProducerRecord<byte[], byte[]> record(String topic, DeadLetter letter) {
    return new ProducerRecord<>(topic, 0, letter.getKey().array(), encode(letter));
  }

  static byte[] encode(DeadLetter letter) {
    try {
      return DeadLetter.getEncoder().encode(letter).array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
