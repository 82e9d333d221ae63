package io.flinkinference.connectors.registry;

import static io.flinkinference.connectors.testing.AvroValues.REVIEW_1;
import static io.flinkinference.connectors.testing.AvroValues.REVIEW_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.connectors.testing.AvroValues;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.local.LocalSchemaRegistry;
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
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real registry. */
class SchemaRegistryITCase {

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
    int id = registry.register("found-value", REVIEW_1);
    assertThat(registry.register("found-value", REVIEW_1)).isEqualTo(id);
    SchemaRegistry other = new SchemaRegistry(options);
    assertThat(other.schema(id)).isEqualTo(REVIEW_1);
    assertThat(other.latest("found-value").schema()).isEqualTo(REVIEW_1);
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> registry.schema(99_999))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
    assertThatThrownBy(() -> registry.latest("nothing here"))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
  }

  @Test
  void aSchemaThatIsNotCompatibleIsRefusedInTheRegistrysWords() throws Exception {
    registry.register("strict-value", REVIEW_1);
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
    GenericRecord first = AvroValues.review(REVIEW_1, "before");
    GenericRecord second = AvroValues.review(REVIEW_2, "after");
    assertThat(body.apply(text(first))).isEqualTo("before");
    assertThat(body.apply(text(second))).isEqualTo("after");
    assertThat(body.apply(text(first))).isEqualTo("before");
  }

  private KafkaText text(GenericRecord record) {
    int id = registry.register("changing-value", record.getSchema());
    byte[] value = AvroValues.numbered(id, record);
    return new KafkaText("changing", 0, 0, -1, null, value, List.of());
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
