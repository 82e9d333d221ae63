package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.registry.RegisteredSchema;
import io.flinkinference.connectors.registry.Registration;
import io.flinkinference.connectors.registry.RegistryException;
import io.flinkinference.connectors.registry.StubRegistry;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryFramingTest {

  private static final Classification RESULT =
      new Classification(List.of(new LabelScore("good", 0.75f)));

  private final StubRegistry registry = new StubRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void theSchemaIsRegisteredWhenTheSinkOpensAndOnce() throws IOException {
    registry.answer(200, "{\"id\": 7}");
    var encoder = plain(Registration.REGISTER);
    assertThat(registry.asked()).hasSize(1);
    assertThat(registry.asked().get(0).path()).isEqualTo("/subjects/out-value/versions");
    byte[] value = encode(encoder, null);
    assertThat(WireFormat.schemaId(value)).isEqualTo(7);
    assertThat(read(value, AvroSchemas.bestLabel()).get("label")).hasToString("good");
    assertThat(registry.asked()).hasSize(1);
  }

  @Test
  void aRefusalIsShownInTheRegistrysWords() {
    registry.answer(409, "{\"error_code\": 409, \"message\": \"Field score is too new\"}");
    assertThatThrownBy(() -> plain(Registration.REGISTER))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("out-value")
        .hasMessageContaining("Field score is too new");
  }

  @Test
  void theLatestThatIsTheSameIsOnlyNamed() throws IOException {
    registry.answer(200, numbered(9, AvroSchemas.bestLabel()));
    byte[] value = encode(plain(Registration.USE_LATEST), null);
    assertThat(registry.asked().get(0).method()).isEqualTo("GET");
    assertThat(WireFormat.schemaId(value)).isEqualTo(9);
    assertThat(read(value, AvroSchemas.bestLabel()).get("label")).hasToString("good");
  }

  @Test
  void whatTheLatestCanReadIsWrittenWithIt() throws IOException {
    Schema latest =
        SchemaBuilder.record(AvroSchemas.bestLabel().getFullName())
            .fields()
            .name("source")
            .type()
            .stringType()
            .stringDefault("model")
            .optionalDouble("score")
            .optionalString("label")
            .endRecord();
    registry.answer(200, numbered(10, latest));
    byte[] value = encode(plain(Registration.USE_LATEST), null);
    assertThat(WireFormat.schemaId(value)).isEqualTo(10);
    assertThat(read(value, latest))
        .hasToString("{\"source\": \"model\", \"score\": 0.75, \"label\": \"good\"}");
  }

  @Test
  void fieldsThatTheLatestHasNotAreLeftOut() throws IOException {
    Schema latest =
        SchemaBuilder.record(AvroSchemas.bestLabel().getFullName())
            .fields()
            .optionalString("label")
            .endRecord();
    Schema either = Schema.createUnion(Schema.create(Schema.Type.NULL), latest);
    for (Schema schema : List.of(latest, either)) {
      registry.answer(200, numbered(14, schema));
      byte[] value = encode(plain(Registration.USE_LATEST), null);
      assertThat(read(value, schema)).hasToString("{\"label\": \"good\"}");
    }
  }

  @Test
  void whatTheLatestCannotReadIsRefusedAndBothAreNamed() {
    Schema latest =
        SchemaBuilder.record(AvroSchemas.bestLabel().getFullName())
            .fields()
            .requiredString("verdict")
            .endRecord();
    registry.answer(200, numbered(11, latest));
    assertThatThrownBy(() -> plain(Registration.USE_LATEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("subject out-value, number 11")
        .hasMessageContaining("verdict")
        .hasMessageContaining(latest.toString())
        .hasMessageContaining(AvroSchemas.bestLabel().toString());
  }

  @Test
  void aSubjectWithoutASchemaIsSaidSo() {
    registry.answer(404, "{\"error_code\": 40401, \"message\": \"Subject not found\"}");
    assertThatThrownBy(() -> plain(Registration.USE_LATEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the subject out-value")
        .hasMessageContaining("Subject not found")
        .hasMessageContaining("REGISTER");
  }

  @Test
  void aLatestSchemaThatWouldDropTheResultIsRefused() {
    registry.answer(200, numbered(12, AvroValues.REVIEW_1));
    byte[] data =
        AvroValues.encode(
            new byte[0], AvroValues.REVIEW_1, AvroValues.review(AvroValues.REVIEW_1, "x"));
    assertThatThrownBy(() -> encode(enriched(), data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no field inference");
  }

  @Test
  void whileTheRegistryIsDownKnownSchemasGoOn() throws IOException {
    registry.answer(200, numbered(13, AvroSchemas.bestLabel()));
    var encoder = plain(Registration.USE_LATEST);
    registry.close();
    assertThat(WireFormat.schemaId(encode(encoder, null))).isEqualTo(13);
  }

  @Test
  void aRegistryThatIsDownFailsTheSinkWhenItOpens() {
    registry.close();
    assertThatThrownBy(() -> plain(Registration.REGISTER))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Is the schema registry up?");
  }

  private ResultEncoder<Classification> plain(Registration mode) {
    return OutputFormat.plain(target(mode)).encoder(ResultKind.classification(), "out", false);
  }

  private ResultEncoder<Classification> enriched() {
    return OutputFormat.enriched(
            AvroEncoding.bare(AvroValues.REVIEW_1), "inference", target(Registration.USE_LATEST))
        .encoder(ResultKind.classification(), "out", false);
  }

  private RegisteredSchema target(Registration mode) {
    return new RegisteredSchema(registry.options(), SubjectNaming.TOPIC, mode);
  }

  private static byte[] encode(ResultEncoder<Classification> encoder, byte[] value) {
    byte[] input = value == null ? utf8("a text") : value;
    return encoder.encode(new Scored<>(Samples.text(input), RESULT, STAMP), 1);
  }

  private static GenericRecord read(byte[] value, Schema schema) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(
            null,
            DecoderFactory.get()
                .binaryDecoder(value, WireFormat.PREFIX, value.length - WireFormat.PREFIX, null));
  }

  private static String numbered(int id, Schema schema) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return answer.put("id", id).put("schema", schema.toString()).toString();
  }
}
