package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.testing.AvroValues.REVIEW_1;
import static io.flinkinference.connectors.testing.AvroValues.REVIEW_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.AvroSchemas;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.registry.RegisteredSchema;
import io.flinkinference.connectors.registry.Registration;
import io.flinkinference.connectors.registry.RegistryException;
import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.connectors.registry.WireFormat;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.testing.RegistryServer;
import io.flinkinference.connectors.testing.RichRecords;
import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats whose schemas a real registry keeps; values are read by Avro and the number alone. */
@Timeout(300)
class RegisteredOutputITCase {

  private static final Classification RESULT =
      new Classification(List.of(new LabelScore("good", 0.75f)));

  @TempDir private static Path directory;
  private static RegistryServer server;
  private static RegistryOptions options;
  private static SchemaRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    server = RegistryServer.start(directory);
    options = RegistryOptions.at(server.url()).trying(2, Duration.ofSeconds(10));
    registry = new SchemaRegistry(options);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aRecordOfAllTypesIsReadBackWithTheRegisteredSchema() throws IOException {
    int id = registry.register("orders-value", RichRecords.SCHEMA);
    var encoder = enriched("rich-orders", SubjectNaming.TOPIC, Registration.REGISTER);
    Random random = new Random(41);
    for (int i = 0; i < 20; i++) {
      GenericRecord order = RichRecords.random(random);
      byte[] value = encode(encoder, AvroValues.numbered(id, order));

      GenericRecord read = read(value);

      assertThat(read.get("inference").toString()).contains("\"label\": \"good\"");
      for (Schema.Field field : RichRecords.SCHEMA.getFields()) {
        assertThat(String.valueOf(read.get(field.name())))
            .isEqualTo(String.valueOf(order.get(field.name())));
      }
      assertThat(read.getSchema().getField("price").schema().getLogicalType().getName())
          .isEqualTo("decimal");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TOPIC, named-1-value",
    "RECORD, shop.named.Review",
    "TOPIC_RECORD, named-1-shop.named.Review"
  })
  void theSubjectIsNamedAsAskedFor(SubjectNaming naming, String subject) throws IOException {
    Schema review =
        SchemaBuilder.record("shop.named.Review").fields().requiredString("body").endRecord();
    int id = registry.register("named-input-value", review);
    byte[] value =
        encode(
            enriched("named-1", naming, Registration.REGISTER),
            AvroValues.numbered(id, AvroValues.review(review, "x")));
    SchemaRegistry.Numbered latest = new SchemaRegistry(options).latest(subject);
    assertThat(latest.id()).isEqualTo(WireFormat.schemaId(value));
    assertThat(latest.schema()).isEqualTo(Enrichment.schema(review, "inference"));
    assertThat(read(value).get("body")).hasToString("x");
  }

  @Test
  void aSchemaMayChangeInTheMiddleUnderFullCompatibility() throws Exception {
    int first = registry.register("full-input-value", REVIEW_1);
    int second = registry.register("full-input-value", REVIEW_2);
    var encoder = enriched("full", SubjectNaming.TOPIC, Registration.REGISTER);
    byte[] before = encode(encoder, AvroValues.numbered(first, AvroValues.review(REVIEW_1, "a")));
    server.setCompatibility("full-value", "FULL_TRANSITIVE");
    byte[] after = encode(encoder, AvroValues.numbered(second, AvroValues.review(REVIEW_2, "b")));
    byte[] again = encode(encoder, AvroValues.numbered(first, AvroValues.review(REVIEW_1, "c")));

    assertThat(WireFormat.schemaId(after)).isNotEqualTo(WireFormat.schemaId(before));
    assertThat(WireFormat.schemaId(again)).isEqualTo(WireFormat.schemaId(before));
    assertThat(read(before).get("body")).hasToString("a");
    assertThat(read(after).get("body")).hasToString("b");
    assertThat(read(again).get("body")).hasToString("c");
  }

  @Test
  void whatIsNotCompatibleIsRefusedInTheRegistrysWords() throws Exception {
    Schema other = SchemaBuilder.record("shop.Other").fields().requiredString("body").endRecord();
    int review = registry.register("strict-input", REVIEW_1);
    int stranger = registry.register("strict-input-2", other);
    var encoder = enriched("strict", SubjectNaming.TOPIC, Registration.REGISTER);
    byte[] accepted =
        encode(encoder, AvroValues.numbered(review, AvroValues.review(REVIEW_1, "x")));
    server.setCompatibility("strict-value", "BACKWARD");

    byte[] refused = AvroValues.numbered(stranger, AvroValues.review(other, "x"));
    assertThatThrownBy(() -> encode(encoder, refused))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("/subjects/strict-value/versions gave 409")
        .hasMessageContaining("ncompatib");

    assertThat(read(accepted).get("body")).hasToString("x");
  }

  @Test
  void theLatestSchemaIsUsedWhereItFits() throws IOException {
    Schema latest =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "BestLabel",
                 "namespace": "io.flinkinference.connectors.avro", "fields": [
                  {"name": "score", "type": ["null", "double"]},
                  {"name": "label", "type": ["null", "string"]}]}
                """);
    RegisteredSchema target =
        new RegisteredSchema(options, SubjectNaming.TOPIC, Registration.USE_LATEST);
    OutputFormat plain = OutputFormat.plain(target);
    assertThatThrownBy(() -> plain.encoder(ResultKind.classification(), "latest", false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("latest-value, but there is none");

    int ours = registry.register("latest-value", AvroSchemas.bestLabel());
    byte[] first = encode(plain.encoder(ResultKind.classification(), "latest", false), null);
    assertThat(WireFormat.schemaId(first)).isEqualTo(ours);

    int theirs = registry.register("latest-value", latest);
    byte[] second = encode(plain.encoder(ResultKind.classification(), "latest", false), null);
    assertThat(WireFormat.schemaId(second)).isEqualTo(theirs);
    assertThat(read(second)).hasToString("{\"score\": 0.75, \"label\": \"good\"}");
  }

  @Test
  void enrichedRecordsOfAnOlderSchemaAreWrittenWithTheLatest() throws IOException {
    int first = registry.register("older-input-value", REVIEW_1);
    int latest = registry.register("older-value", Enrichment.schema(REVIEW_2, "inference"));
    byte[] value =
        encode(
            enriched("older", SubjectNaming.TOPIC, Registration.USE_LATEST),
            AvroValues.numbered(first, AvroValues.review(REVIEW_1, "x")));
    assertThat(WireFormat.schemaId(value)).isEqualTo(latest);
    assertThat(read(value).get("time")).isNull();
    assertThat(read(value).get("body")).hasToString("x");
    assertThat(read(value).get("inference").toString()).contains("good");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // A process is stopped by a signal.
  void whileItStandsStillKnownSchemasGoOnAndNewOnesFail() throws Exception {
    int first = registry.register("still-input-value", REVIEW_1);
    int second = registry.register("still-input-value", REVIEW_2);
    RegistryOptions impatient = options.trying(1, Duration.ofMillis(500));
    var encoder = enriched("still", SubjectNaming.TOPIC, Registration.REGISTER, impatient);
    byte[] known = AvroValues.numbered(first, AvroValues.review(REVIEW_1, "known"));
    byte[] fresh = AvroValues.numbered(second, AvroValues.review(REVIEW_2, "fresh"));
    byte[] before = encode(encoder, known);
    server.signal("STOP");
    try {
      assertThat(encode(encoder, known)).isEqualTo(before);
      assertThatThrownBy(() -> encode(encoder, fresh)).hasMessageContaining("got no answer");
    } finally {
      server.signal("CONT");
    }
    var patient = enriched("still", SubjectNaming.TOPIC, Registration.REGISTER);
    assertThat(read(encode(patient, fresh)).get("body")).hasToString("fresh");
  }

  private static ResultEncoder<Classification> enriched(
      String topic, SubjectNaming naming, Registration mode) {
    return enriched(topic, naming, mode, options);
  }

  private static ResultEncoder<Classification> enriched(
      String topic, SubjectNaming naming, Registration mode, RegistryOptions asked) {
    return OutputFormat.enriched(
            AvroEncoding.registry(asked), "inference", new RegisteredSchema(asked, naming, mode))
        .encoder(ResultKind.classification(), topic, false);
  }

  private static byte[] encode(ResultEncoder<Classification> encoder, byte[] value) {
    return encoder.encode(new Scored<>(Samples.text(value), RESULT, STAMP), 1);
  }

  private static GenericRecord read(byte[] value) throws IOException {
    Schema schema = new SchemaRegistry(options).schema(WireFormat.schemaId(value));
    int length = value.length - WireFormat.PREFIX;
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.PREFIX, length, null));
  }
}
