package io.flinkinference.connectors.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flinkinference.connectors.client.KeyFile;
import io.flinkinference.connectors.client.Tls;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.StubRegistry;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnavailableException;
import io.flinkinference.result.UnscorableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroTextTest {

  /** A field of each type stands before the text, and one behind it. */
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "shop.Order", "fields": [
                {"name": "flag", "type": "boolean"},
                {"name": "count", "type": "int"},
                {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "weight", "type": "float"},
                {"name": "price", "type": "double"},
                {"name": "photo", "type": "bytes"},
                {"name": "hash", "type": {"type": "fixed", "name": "Md5", "size": 16}},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "extra", "type": {"type": "map", "values": ["null", "long"]}},
                {"name": "nothing", "type": "null"},
                {"name": "review", "type": ["null", {"type": "record", "name": "Review", "fields": [
                  {"name": "stars", "type": "int"},
                  {"name": "body", "type": ["null", "string"]}]}]},
                {"name": "note", "type": "string"}]}
              """);

  private final AvroText body = AvroText.field("review.body", AvroEncoding.bare(SCHEMA));

  @Test
  void theTextIsFoundAmongFieldsOfAllTypes() {
    byte[] order = bytes(order("Grüße"));
    assertThat(body.apply(Values.record(order))).isEqualTo("Grüße");
    assertThat(AvroText.field("note", AvroEncoding.bare(SCHEMA)).apply(Values.record(order)))
        .isEqualTo("a note");
  }

  @Test
  void whereItOrWhatIsAroundItIsNullIsNoText() {
    assertThat(body.apply(Values.record(bytes(order(null))))).isNull();
    GenericRecord without = order("x");
    without.put("review", null);
    assertThat(body.apply(Values.record(AvroValues.encode(new byte[0], SCHEMA, without)))).isNull();
    assertThat(body.apply(Values.record((byte[]) null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"review.text", "rating", "review", "count", "review.stars"})
  void aFieldThatIsNoTextIsNamed(String path) {
    AvroText text = AvroText.field(path, AvroEncoding.bare(SCHEMA));
    assertThatThrownBy(() -> text.apply(Values.record(bytes(order("x")))))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageContaining(path);
  }

  @Test
  void truncatedAndLengthenedValuesAreNotDecoded() {
    byte[] whole = bytes(order("a text"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> body.apply(Values.record(cut)))
          .as("%d bytes", length)
          .isInstanceOf(UnscorableException.class);
    }
    assertThatThrownBy(() -> body.apply(Values.record(Arrays.copyOf(whole, whole.length + 1))))
        .hasMessageContaining("1 bytes are left behind it");
  }

  /** Else it would be scored with other characters in place of some. */
  @Test
  void aTextThatIsNoUtf8IsNotDecoded() {
    byte[] order = bytes(order("a t\uFFFDxt"));
    assertThat(body.apply(Values.record(order))).isEqualTo("a t\uFFFDxt");
    byte[] spoiled = order.clone();
    int third = new String(order, ISO_8859_1).indexOf("a t") + 2;
    spoiled[third] = (byte) 0xC3;
    assertThatThrownBy(() -> body.apply(Values.record(spoiled)))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageContaining("the text is not UTF-8 at its byte 2");
    byte[] another = order.clone();
    another[new String(order, ISO_8859_1).indexOf("a note")] = (byte) 0xC3;
    assertThat(body.apply(Values.record(another))).as("others pass as they are").isNotNull();
  }

  @Test
  void rubbishNeverDoesAnythingButBeRefused() {
    byte[] whole = bytes(order("a text"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] spoiled = whole.clone();
      for (int j = 0; j < 1 + i % 3; j++) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
      }
      try {
        body.apply(Values.record(spoiled));
      } catch (UnscorableException e) {
        assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
      }
    }
  }

  @Test
  void theFingerprintTellsTheSchemaOfASingleObject() {
    Schema second = SchemaBuilder.record("shop.Note").fields().requiredString("note").endRecord();
    AvroText note = AvroText.field("note", AvroEncoding.singleObject(SCHEMA, second));
    GenericRecord record = new GenericRecordBuilder(second).set("note", "short").build();
    assertThat(note.apply(Values.record(AvroValues.encode(fingerprint(second), second, record))))
        .isEqualTo("short");
    assertThat(
            note.apply(Values.record(AvroValues.encode(fingerprint(SCHEMA), SCHEMA, order("x")))))
        .isEqualTo("a note");
    Schema unknown = SchemaBuilder.record("Other").fields().requiredString("note").endRecord();
    byte[] other = AvroValues.encode(fingerprint(unknown), second, record);
    assertThatThrownBy(() -> note.apply(Values.record(other)))
        .hasMessageContaining("which was not given");
    assertThatThrownBy(() -> note.apply(Values.record("plain text"))).hasMessageContaining("C3 01");
  }

  @Test
  void theRegistryTellsTheSchemaByItsNumber() {
    try (StubRegistry registry = new StubRegistry()) {
      registry.answer(200, "{\"schema\": " + quoted(SCHEMA.toString()) + "}");
      AvroText note = AvroText.field("note", AvroEncoding.registry(registry.options()));
      byte[] value = AvroValues.encode(WireFormat.prefix(7), SCHEMA, order("x"));
      assertThat(note.apply(Values.record(value))).isEqualTo("a note");
      assertThat(note.apply(Values.record(value))).as("it is asked once").isEqualTo("a note");
      assertThatThrownBy(() -> note.apply(Values.record("plain text")))
          .isInstanceOf(UnscorableException.class);
      String notFound = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
      registry.answer(404, notFound).answer(404, notFound); // It may be new, so it is asked again.
      byte[] unknown = AvroValues.encode(WireFormat.prefix(8), SCHEMA, order("x"));
      assertThatThrownBy(() -> note.apply(Values.record(unknown)))
          .isInstanceOf(UnscorableException.class)
          .hasMessageContaining("Schema not found");
    }
  }

  @Test
  void aRegistryThatIsDownIsNoRecordsFault() {
    StubRegistry registry = new StubRegistry();
    registry.close();
    AvroText note =
        AvroText.field(
            "note", AvroEncoding.registry(registry.options().trying(1, Duration.ofSeconds(5))));
    byte[] value = AvroValues.encode(WireFormat.prefix(7), SCHEMA, order("x"));
    assertThatThrownBy(() -> note.apply(Values.record(value)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Is the schema registry up?");
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  @Test
  void ofSeveralRecordsInOneTopicThoseWithTheFieldAreRead() {
    Schema meta = SchemaBuilder.record("shop.Meta").fields().requiredInt("version").endRecord();
    Schema note = SchemaBuilder.record("shop.Note").fields().requiredString("note").endRecord();
    Schema both = Schema.createUnion(Schema.create(Schema.Type.NULL), meta, note);
    AvroText text = AvroText.field("note", AvroEncoding.bare(both));
    GenericRecord noted = new GenericRecordBuilder(note).set("note", "x").build();
    assertThat(text.apply(Values.record(AvroValues.encode(new byte[0], both, noted))))
        .isEqualTo("x");
    GenericRecord other = new GenericRecordBuilder(meta).set("version", 1).build();
    assertThatThrownBy(() -> text.apply(Values.record(AvroValues.encode(new byte[0], both, other))))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining("shop.Meta has no field note");
    assertThat(text.apply(Values.record(AvroValues.encode(new byte[0], both, null)))).isNull();
  }

  @Test
  void whatIsWrongWithTheRegistrysSettingsIsNoRecordsFault() {
    Tls missing = Tls.DEFAULT.trusting(KeyFile.store("no such file", "changeit"));
    AvroText note =
        AvroText.field(
            "note", AvroEncoding.registry(RegistryOptions.at("https://registry").with(missing)));
    byte[] value = AvroValues.encode(WireFormat.prefix(7), SCHEMA, order("x"));
    assertThatThrownBy(() -> note.apply(Values.record(value)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aSchemaThatIsNoneOfAvrosIsTheRecordsFault() {
    try (StubRegistry registry = new StubRegistry()) {
      registry.answer(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"}");
      AvroText note = AvroText.field("note", AvroEncoding.registry(registry.options()));
      byte[] value = AvroValues.encode(WireFormat.prefix(7), SCHEMA, order("x"));
      assertThatThrownBy(() -> note.apply(Values.record(value)))
          .isInstanceOf(UnscorableException.class);
    }
  }

  @Test
  void whatNamesNoFieldIsRefused() {
    assertThatThrownBy(() -> AvroText.field("review..body", AvroEncoding.bare(SCHEMA)))
        .hasMessageContaining("'review..body' names no field");
    assertThatThrownBy(AvroEncoding::singleObject).hasMessageContaining("at least one");
  }

  @Test
  void itTravelsWithAJob() throws Exception {
    assertThat(InstantiationUtil.clone(body).apply(Values.record(bytes(order("a")))))
        .isEqualTo("a");
  }

  @Test
  void whatCannotBeEnrichedIsNotScored() {
    byte[] order = bytes(order("x"));
    assertThat(body.enrichedBy("inference").apply(Values.record(order))).isEqualTo("x");
    assertThat(body.enrichedBy("inference").apply(Values.record((byte[]) null))).isNull();
    assertThatThrownBy(() -> body.enrichedBy("note").apply(Values.record(order)))
        .isInstanceOfSatisfying(
            UnscorableException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE))
        .hasMessageContaining("has the field note already");
    assertThatThrownBy(() -> body.enrichedBy("a.b")).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] fingerprint(Schema schema) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  private static byte[] bytes(GenericRecord order) {
    return AvroValues.encode(new byte[0], SCHEMA, order);
  }

  private static GenericRecord order(String text) {
    Schema review = SCHEMA.getField("review").schema().getTypes().get(1);
    GenericRecord inner =
        new GenericRecordBuilder(review).set("stars", -5).set("body", text).build();
    return new GenericRecordBuilder(SCHEMA)
        .set("flag", true)
        .set("count", -123_456)
        .set("time", 1_700_000_000_000L)
        .set("weight", 1.5f)
        .set("price", 9.99)
        .set("photo", ByteBuffer.wrap(new byte[300]))
        .set("hash", new GenericData.Fixed(SCHEMA.getField("hash").schema(), new byte[16]))
        .set("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "B"))
        .set("tags", List.of("a", "b"))
        .set("extra", Map.of("one", 1L))
        .set("nothing", null)
        .set("review", inner)
        .set("note", "a note")
        .build();
  }
}
