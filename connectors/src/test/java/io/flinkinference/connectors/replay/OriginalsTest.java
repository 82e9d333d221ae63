package io.flinkinference.connectors.replay;

import static io.flinkinference.connectors.replay.Letters.letter;
import static io.flinkinference.result.DeadLetterReason.TOO_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.Origin;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class OriginalsTest {

  @Test
  void aRecordGoesToItsOldPartitionOnlyWhereThatIs() throws Exception {
    assertThat(record(Target.ORIGIN, 2, letter(0, TOO_LONG, "texts")).partition()).isEqualTo(1);
    assertThat(record(Target.ORIGIN, 1, letter(0, TOO_LONG, "texts")).partition()).isNull();
    assertThat(record(Target.ORIGIN.to("x"), 2, letter(0, TOO_LONG, "texts")).partition()).isNull();
  }

  @Test
  void whatIsMissingStaysMissing() throws Exception {
    DeadLetter bare =
        DeadLetter.newBuilder(letter(0, TOO_LONG, "texts"))
            .setKey(null)
            .setValue(null)
            .setHeaders(List.of())
            .setOrigin(new Origin("texts", 0, 0L, Instant.ofEpochMilli(-1)))
            .build();
    ProducerRecord<byte[], byte[]> record = record(Target.ORIGIN, 1, bare);
    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).hasSize(1);
  }

  @Test
  void theCountReplacesTheOneBefore() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        record(Target.ORIGIN, 2, letter(0, TOO_LONG, "texts", 9));
    assertThat(record.headers().headers(Replay.REPLAYED_HEADER))
        .singleElement()
        .satisfies(header -> assertThat(new String(header.value(), US_ASCII)).isEqualTo("10"));
  }

  @Test
  void aTopicThatDoesNotExistIsNotCreated() {
    assertThatThrownBy(() -> record(Target.ORIGIN, 0, letter(0, TOO_LONG, "texts")))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("no topic 'texts'");
  }

  private static ProducerRecord<byte[], byte[]> record(
      Target target, int partitions, DeadLetter letter) throws UnreadableLetterException {
    return new Originals(target, topic -> partitions).of(Letter.of(0, 0, letter));
  }
}
