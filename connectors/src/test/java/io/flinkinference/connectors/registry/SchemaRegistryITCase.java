package io.flinkinference.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.KafkaText;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.local.LocalSchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real registry. */
class SchemaRegistryITCase {

  private static final Schema FIRST =
      SchemaBuilder.record("shop.Review").fields().requiredString("body").endRecord();
  private static final Schema SECOND =
      SchemaBuilder.record("shop.Review")
          .fields()
          .optionalLong("time")
          .requiredString("body")
          .endRecord();

  @TempDir private static Path directory;
  private static LocalSchemaRegistry server;

  private final RegistryOptions options =
      RegistryOptions.at(server.url()).trying(2, Duration.ofSeconds(10));
  private final SchemaRegistry registry = new SchemaRegistry(options);

  @BeforeAll
  static void start() throws Exception {
    server =
        LocalSchemaRegistry.start(Path.of(System.getProperty("schema-registry.home")), directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whatIsRegisteredIsFoundByItsNumber() {
    int id = registry.register("found-value", FIRST);
    assertThat(registry.register("found-value", FIRST)).isEqualTo(id);
    SchemaRegistry other = new SchemaRegistry(options);
    assertThat(other.schema(id)).isEqualTo(FIRST);
    assertThat(other.id("found-value", FIRST)).isEqualTo(id);
    assertThat(other.latest("found-value").schema()).isEqualTo(FIRST);
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> registry.schema(99_999))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
    assertThatThrownBy(() -> registry.latest("nothing here"))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
    assertThatThrownBy(() -> registry.id("nothing here", FIRST))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
  }

  @Test
  void aSchemaThatIsNotCompatibleIsRefusedInTheRegistrysWords() throws Exception {
    registry.register("strict-value", FIRST);
    put("/config/strict-value", "{\"compatibility\": \"BACKWARD\"}");
    Schema incompatible =
        SchemaBuilder.record("shop.Review").fields().requiredInt("stars").endRecord();
    assertThatThrownBy(() -> registry.register("strict-value", incompatible))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("gave 409")
        .hasMessageContaining("ncompatib");
  }

  @Test
  void theSchemaMayChangeInTheMiddleOfAStream() throws Exception {
    AvroText body = AvroText.field("body", AvroEncoding.registry(options));
    GenericRecord first = new GenericRecordBuilder(FIRST).set("body", "before").build();
    GenericRecord second =
        new GenericRecordBuilder(SECOND).set("time", 1L).set("body", "after").build();
    assertThat(body.apply(text(first))).isEqualTo("before");
    assertThat(body.apply(text(second))).isEqualTo("after");
    assertThat(body.apply(text(first))).isEqualTo("before");
  }

  private KafkaText text(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int id = registry.register("changing-value", record.getSchema());
    bytes.writeBytes(WireFormat.prefix(id));
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, out);
    return new KafkaText("changing", 0, 0, -1, null, bytes.toByteArray(), List.of());
  }

  private static void put(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
