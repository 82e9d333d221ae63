package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.flinkinference.connectors.avro.KafkaHeader;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.output.OutputFormat;
import io.flinkinference.connectors.output.ResultKind;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class SerializationSchemasTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final List<Header> HEADERS =
      List.of(new RecordHeader("h", utf8("v")), new RecordHeader("none", null));

  @Test
  void scoredTextKeepsKeyHeadersAndTimestamp() throws Exception {
    ProducerRecord<byte[], byte[]> record = scored(input(1234));

    assertThat(record.topic()).isEqualTo("scored");
    assertThat(record.partition()).isNull();
    assertThat(record.key()).isEqualTo(utf8("key"));
    assertThat(record.headers()).startsWith(HEADERS.toArray(Header[]::new)).hasSize(7);
    assertThat(record.timestamp()).isEqualTo(1234);
    ScoredText value = ScoredText.getDecoder().decode(record.value());
    assertThat(value.getEmbedding()).containsExactly(0.5f, -0.25f);
    assertThat(value.getScoredAt()).isEqualTo(NOW);
    assertThat(value.getOrigin().getTimestamp()).isEqualTo(Instant.ofEpochMilli(1234));
  }

  @Test
  void missingTimestampIsLeftToKafka() throws Exception {
    assertThat(scored(input(-1)).timestamp()).isNull();
  }

  @Test
  void timestampCanBeLeftToKafka() throws Exception {
    ScoredTextOptions options = ScoredTextOptions.DEFAULT.withOriginalTimestamps(false);
    ProducerRecord<byte[], byte[]> record = scored(input(1234), options);
    assertThat(record.timestamp()).isNull();
    assertThat(ScoredText.getDecoder().decode(record.value()).getOrigin().getTimestamp())
        .isEqualTo(Instant.ofEpochMilli(1234));
  }

  @Test
  void headersSayWhatProducedTheResult() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : scored(input(1)).headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? null : new String(value, UTF_8));
    }
    assertThat(headers)
        .containsExactly(
            entry("h", "v"),
            entry("none", null),
            entry("inference.model", "made-up"),
            entry("inference.model.sha256", "ab".repeat(32)),
            entry("inference.precision", "fp32"),
            entry("inference.device", "cpu"),
            entry("inference.batch-invariant", "true"));
  }

  @Test
  void headersOfTheModelCanBeLeftOut() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        scored(input(1), ScoredTextOptions.DEFAULT.withModelHeaders(false));
    assertThat(record.headers()).containsExactlyElementsOf(HEADERS);
  }

  @Test
  void keyCanBeLeftOut() throws Exception {
    assertThat(scored(input(1), ScoredTextOptions.DEFAULT.withKey(false)).key()).isNull();
  }

  @Test
  void aTombstoneIsEnrichedToATombstone() throws Exception {
    OutputFormat enriched =
        OutputFormat.enriched(AvroEncoding.bare(AvroValues.REVIEW_1), "inference");
    KafkaText tombstone = new KafkaText("texts", 3, 41, 1, utf8("key"), null, HEADERS);
    ProducerRecord<byte[], byte[]> record =
        scored(tombstone, ScoredTextOptions.DEFAULT.with(enriched));
    assertThat(record.key()).isEqualTo(utf8("key"));
    assertThat(record.value()).isNull();
  }

  @Test
  void deadLetterKeepsTheRecordWhole() throws IOException {
    byte[] rubbish = {-1, -2};
    KafkaText input = new KafkaText("texts", 3, 41, 1234, utf8("key"), rubbish, HEADERS);

    ProducerRecord<byte[], byte[]> record =
        dead(new DeadLetter<>(input, DeadLetterReason.UNDECODABLE, "no text", 2, STAMP, "X at y"));

    assertThat(record.key()).isEqualTo(utf8("key"));
    assertThat(record.headers()).containsExactlyElementsOf(HEADERS);
    assertThat(record.timestamp()).isEqualTo(NOW.toEpochMilli());
    var value = decode(record);
    assertThat(value.getKey()).isEqualTo(ByteBuffer.wrap(utf8("key")));
    assertThat(value.getValue()).isEqualTo(ByteBuffer.wrap(rubbish));
    assertThat(value.getReason()).isEqualTo("UNDECODABLE");
    assertThat(value.getHeaders())
        .containsExactly(
            new KafkaHeader("h", ByteBuffer.wrap(utf8("v"))), new KafkaHeader("none", null));
    assertThat(value.getMessage()).isEqualTo("no text");
    assertThat(value.getStackDigest()).isEqualTo("X at y");
    assertThat(value.getAttempts()).isEqualTo(2);
    assertThat(value.getModel().getSha256()).isEqualTo(STAMP.sha256());
    assertThat(value.getOrigin().getOffset()).isEqualTo(41);
    assertThat(value.getOrigin().getTimestamp()).isEqualTo(Instant.ofEpochMilli(1234));
    assertThat(value.getRejectedAt()).isEqualTo(NOW);
  }

  @Test
  void deadLetterHasTheBeginningOfALongMessage() throws IOException {
    String message = "The text extractor threw " + "x".repeat(2_000_000);
    var value =
        decode(
            dead(
                new DeadLetter<>(input(1), DeadLetterReason.EXTRACTOR_FAILURE, message, 1, STAMP)));
    assertThat(value.getMessage()).startsWith("The text extractor threw x").hasSizeLessThan(2_000);
  }

  @Test
  void deadLetterMayLackAllThatCanBeMissing() throws IOException {
    KafkaText input = new KafkaText("texts", 3, 41, -1, null, null, List.of());

    ProducerRecord<byte[], byte[]> record =
        dead(new DeadLetter<>(input, DeadLetterReason.NULL_TEXT, null, 0, null));

    var value = decode(record);
    assertThat(record.key()).isNull();
    assertThat(value.getKey()).isNull();
    assertThat(value.getValue()).isNull();
    assertThat(value.getModel()).isNull();
    assertThat(value.getHeaders()).isEmpty();
    assertThat(value.getMessage()).isEmpty();
    assertThat(value.getStackDigest()).isNull();
  }

  private static KafkaText input(long timestamp) {
    return new KafkaText("texts", 3, 41, timestamp, utf8("key"), utf8("text"), HEADERS);
  }

  private static ProducerRecord<byte[], byte[]> scored(KafkaText input) throws Exception {
    return scored(input, ScoredTextOptions.DEFAULT);
  }

  private static ProducerRecord<byte[], byte[]> scored(KafkaText input, ScoredTextOptions options)
      throws Exception {
    ScoredTextSerializationSchema<Embedding> schema =
        InstantiationUtil.clone(
            new ScoredTextSerializationSchema<>("scored", ResultKind.embedding(), options, CLOCK));
    schema.open(null, null);
    Embedding embedding = new Embedding(new float[] {0.5f, -0.25f});
    return schema.serialize(new Scored<>(input, embedding, STAMP), null, 99L);
  }

  private static ProducerRecord<byte[], byte[]> dead(DeadLetter<KafkaText> letter) {
    return new DeadLetterSerializationSchema("dead", CLOCK).serialize(letter, null, 99L);
  }

  private static io.flinkinference.connectors.avro.DeadLetter decode(
      ProducerRecord<byte[], byte[]> record) throws IOException {
    return io.flinkinference.connectors.avro.DeadLetter.getDecoder().decode(record.value());
  }
}
