package io.flinkinference.connectors.replay;

import static io.flinkinference.connectors.replay.Letters.letter;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.registry.StubRegistry;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class LetterDecoderTest {

  private static final DeadLetter LETTER = letter(1, DeadLetterReason.TOO_LONG, "texts");
  private static final SpecificData MODEL = SpecificData.getForClass(DeadLetter.class);

  private final LetterDecoder decoder = new LetterDecoder(null);

  @Test
  void lettersInTheSingleObjectEncodingAreRead() throws Exception {
    assertThat(decoder.decode(Letters.encode(LETTER))).isEqualTo(LETTER);
  }

  @Test
  void whatIsNoLetterIsRefusedWithoutShowingIt() {
    assertRefused(null, "no value");
    assertRefused(new byte[0], "does not begin with C3 01");
    assertRefused("secret".getBytes(UTF_8), "does not begin with C3 01");
    byte[] other = Letters.encode(LETTER);
    other[5]++;
    assertRefused(other, "schema of the fingerprint");
    byte[] longer = Arrays.copyOf(Letters.encode(LETTER), Letters.encode(LETTER).length + 2);
    assertRefused(longer, "2 bytes are left behind it");
    assertRefused(WireFormat.prefix(7), "Give the registry");
  }

  @Test
  void damagedLettersAreReadOrRefusedAndTakeNoMemory() {
    Random random = new Random(5);
    byte[] whole = Letters.encode(LETTER);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[10 + random.nextInt(whole.length - 10)] = (byte) random.nextInt();
      }
      try {
        assertThat(decoder.decode(damaged)).isNotNull();
      } catch (UnreadableLetterException e) {
        assertThat(e).hasMessageNotContaining("Letter 1 failed");
      }
    }
  }

  @Test
  void lettersInTheWireFormatAreReadWithTheSchemaOfTheRegistry() throws Exception {
    // As an earlier version might have had it, without two fields.
    Schema earlier = without(Set.of("headers", "stackDigest"));
    try (StubRegistry registry = new StubRegistry()) {
      registry.answer(200, "{\"schema\": " + quoted(earlier.toString()) + "}");
      DeadLetter read =
          new LetterDecoder(registry.options()).decode(wireFormat(7, earlier, LETTER));

      assertThat(read.getValue()).isEqualTo(LETTER.getValue());
      assertThat(read.getRejectedAt()).isEqualTo(LETTER.getRejectedAt());
      assertThat(read.getHeaders()).isEmpty();
      assertThat(read.getStackDigest()).isNull();
    }
  }

  @Test
  void aSchemaThatTheRegistryDoesNotHaveIsTheLettersFaultButSilenceIsNot() {
    try (StubRegistry registry = new StubRegistry()) {
      LetterDecoder asking = new LetterDecoder(registry.options().trying(1, ofSeconds(5)));
      String notFound = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
      registry.answer(404, notFound).answer(404, notFound); // It may be new, so it is asked again.
      assertThatThrownBy(() -> asking.decode(WireFormat.prefix(7)))
          .isInstanceOf(UnreadableLetterException.class);
      registry.answer(503, "");
      assertThatThrownBy(() -> asking.decode(WireFormat.prefix(8)))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void anotherRecordOfTheRegistryIsNoLetter() throws Exception {
    Schema other =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Other\",\"fields\":"
                    + "[{\"name\":\"reason\",\"type\":\"string\"}]}");
    try (StubRegistry registry = new StubRegistry()) {
      registry.answer(200, "{\"schema\": " + quoted(other.toString()) + "}");
      GenericRecord record = new GenericData.Record(other);
      record.put("reason", "secret");
      byte[] value = wireFormat(7, other, record);
      assertThatThrownBy(() -> new LetterDecoder(registry.options()).decode(value))
          .isInstanceOf(UnreadableLetterException.class)
          .hasMessageNotContaining("secret");
    }
  }

  private void assertRefused(byte[] value, String words) {
    assertThatThrownBy(() -> decoder.decode(value))
        .isInstanceOf(UnreadableLetterException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("secret");
  }

  private static Duration ofSeconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Schema without(Set<String> names) {
    Schema now = DeadLetter.getClassSchema();
    List<Schema.Field> fields =
        now.getFields().stream()
            .filter(field -> !names.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(now.getName(), null, now.getNamespace(), false, fields);
  }

  private static byte[] wireFormat(int id, Schema schema, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(WireFormat.prefix(id));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema, MODEL).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] wireFormat(int id, Schema schema, DeadLetter letter) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    Schema full = DeadLetter.getClassSchema();
    for (Schema.Field field : schema.getFields()) {
      record.put(field.name(), letter.get(full.getField(field.name()).pos()));
    }
    return wireFormat(id, schema, record);
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
