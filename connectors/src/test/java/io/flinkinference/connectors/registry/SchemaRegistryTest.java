package io.flinkinference.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flinkinference.connectors.registry.SchemaRegistry.Numbered;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("shop.Review").fields().requiredString("text").endRecord();
  private static final String AS_JSON = "{\"schema\": " + quoted(SCHEMA.toString()) + "}";

  /** Nothing listens there: a port that was free a moment ago may be somebody's by now. */
  private static final String GONE = "http://127.0.0.1:1";

  private static final String NOT_FOUND =
      "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

  private final StubRegistry registry = new StubRegistry();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aSchemaIsAskedForOnce() {
    SchemaRegistry client = registry.answer(200, AS_JSON).client();
    assertThat(client.schema(7)).isEqualTo(SCHEMA);
    assertThat(client.schema(7)).isEqualTo(SCHEMA);
    assertThat(registry.asked()).extracting("path").containsExactly("/schemas/ids/7");
  }

  @Test
  void aSchemaIsRegisteredOnce() {
    SchemaRegistry client = registry.answer(200, "{\"id\": 3}").client();
    assertThat(client.register("a/b c-value", SCHEMA)).isEqualTo(3);
    assertThat(client.register("a/b c-value", SCHEMA)).isEqualTo(3);
    assertThat(registry.asked())
        .extracting("path")
        .containsExactly("/subjects/a%2Fb%20c-value/versions");
    assertThat(registry.asked().get(0).body()).contains("shop");
  }

  /** Servers that know no other way of it than WebSocket read no body of such a request. */
  @Test
  void noOtherVersionOfHttpIsAskedFor() {
    registry.answer(200, "{\"id\": 3}").answer(200, AS_JSON);
    SchemaRegistry client = registry.client();
    client.register("reviews-value", SCHEMA);
    client.schema(4);
    assertThat(registry.asked()).hasSize(2).extracting("upgrade").containsOnlyNulls();
  }

  @Test
  void whatIsNotCompatibleIsSaidAsTheRegistrySaysIt() {
    registry.answer(
        409, "{\"error_code\": 409, \"message\": \"READER_FIELD_MISSING_DEFAULT_VALUE\"}");
    assertThatThrownBy(() -> registry.client().register("reviews-value", SCHEMA))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("/subjects/reviews-value/versions gave 409")
        .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(registry.asked()).as("it is final").hasSize(1);
  }

  @Test
  void whatIsNotThereIsToldFromWhatFailed() {
    registry.answer(404, NOT_FOUND).answer(404, NOT_FOUND);
    assertThatThrownBy(() -> registry.client().schema(99))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue())
        .hasMessageContaining("Schema not found");
  }

  @Test
  void aNumberWithoutASchemaIsNotAskedForByEachRecord() {
    SchemaRegistry client =
        registry.answer(404, NOT_FOUND).answer(404, NOT_FOUND).answer(200, AS_JSON).client();
    for (int record = 0; record < 3; record++) {
      assertThatThrownBy(() -> client.schema(99)).hasMessageContaining("Schema not found");
    }
    assertThat(client.schema(1)).isEqualTo(SCHEMA);
    assertThat(registry.asked()).as("the number twice, and the other").hasSize(3);
  }

  @Test
  void aNodeThatHasNotHeardOfASchemaYetIsAskedAgain() {
    SchemaRegistry client = registry.answer(404, NOT_FOUND).answer(200, AS_JSON).client();
    assertThat(client.schema(1)).isEqualTo(SCHEMA);
  }

  @Test
  void anotherNodeIsAskedForWhatOneHasNotHeardOf() {
    registry.answer(404, NOT_FOUND);
    try (StubRegistry other = new StubRegistry().answer(200, AS_JSON)) {
      String urls = registry.url() + "," + other.url();
      RegistryOptions both = RegistryOptions.at(urls).trying(1, Duration.ofSeconds(5));
      assertThat(new SchemaRegistry(both).schema(1)).isEqualTo(SCHEMA);
      assertThat(registry.asked()).as("no pause was needed").hasSize(1);
    }
  }

  @Test
  void nodesThatDoNotAnswerLeaveANotFoundAsItIs() {
    registry.answer(404, NOT_FOUND).answer(404, NOT_FOUND);
    String urls = registry.url() + "," + GONE;
    RegistryOptions both = RegistryOptions.at(urls).trying(1, Duration.ofSeconds(5));
    assertThatThrownBy(() -> new SchemaRegistry(both).schema(1))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
  }

  @Test
  void aRegistryThatIsDownByTheSecondLookHasNotSaidThatASchemaIsNotThere() {
    registry.answer(404, NOT_FOUND).answer(503, "").answer(503, "").answer(503, "");
    assertThatThrownBy(() -> registry.client().schema(1))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isFalse());
    registry.answer(404, NOT_FOUND).answer(503, "").answer(200, AS_JSON);
    assertThat(registry.client().schema(1)).isEqualTo(SCHEMA);
  }

  @Test
  void aFloodOfMadeUpNumbersIsNotAskedForTwice() {
    for (int answer = 0; answer < 6; answer++) {
      registry.answer(404, NOT_FOUND);
    }
    SchemaRegistry client = registry.client();
    for (int id = 0; id < 5; id++) {
      int number = id;
      assertThatThrownBy(() -> client.schema(number)).hasMessageContaining("Schema not found");
    }
    assertThat(registry.asked()).as("only the first of them").hasSize(6);
  }

  @Test
  void whatAProxyDoesNotFindIsNotTakenForASchemaThatIsNotThere() {
    registry.answer(404, "<html>no such page</html>");
    assertThatThrownBy(() -> registry.client().schema(1))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isFalse());
  }

  @Test
  void failuresThatMayPassAreTriedAgain() {
    registry.answer(503, "").answer(429, "slow down").answer(200, AS_JSON);
    assertThat(registry.client().schema(1)).isEqualTo(SCHEMA);
    assertThat(registry.asked()).hasSize(3);
  }

  @Test
  void whatDoesNotPassIsSaidWithTheNumberOfTries() {
    assertThatThrownBy(() -> registry.client().schema(1))
        .hasMessageContaining("gave 500: no further answers")
        .hasMessageContaining("tried 3 times");
  }

  @Test
  void theNextUrlIsAskedWhereOneDoesNotAnswer() {
    registry.answer(200, AS_JSON);
    SchemaRegistry client =
        new SchemaRegistry(
            RegistryOptions.at(GONE + "," + registry.url()).trying(1, Duration.ofSeconds(5)));
    assertThat(client.schema(1)).isEqualTo(SCHEMA);
    registry.answer(500, "").answer(200, AS_JSON);
    assertThatThrownBy(() -> client.schema(2))
        .as("the one that answered is asked first, then the other")
        .hasMessageContaining(GONE + "/");
  }

  @Test
  void theLatestSchemaIsAskedForEachTime() {
    String latest = AS_JSON.replace("{\"schema\"", "{\"id\": 5, \"schema\"");
    SchemaRegistry client = registry.answer(200, latest).answer(200, latest).client();
    assertThat(client.latest("reviews-value")).isEqualTo(new Numbered(5, SCHEMA));
    assertThat(client.latest("reviews-value").id()).isEqualTo(5);
    assertThat(client.schema(5)).as("it is known by now").isEqualTo(SCHEMA);
    assertThat(registry.asked()).hasSize(2);
  }

  @Test
  void schemasThatNameOthersAreRead() {
    Schema outer =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [{\"name\": \"review\","
                    + " \"type\": "
                    + SCHEMA
                    + "}]}");
    String naming =
        "{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [{\"name\": \"review\","
            + " \"type\": \"shop.Review\"}]}";
    registry
        .answer(
            200,
            "{\"schema\": "
                + quoted(naming)
                + ", \"references\": [{\"name\": \"shop.Review\", \"subject\": \"review\","
                + " \"version\": 2}]}")
        .answer(200, AS_JSON);
    assertThat(registry.client().schema(1)).isEqualTo(outer);
    assertThat(registry.asked().get(1).path()).isEqualTo("/subjects/review/versions/2");
  }

  /** A dead letter carries the message. */
  @Test
  void ofWhatIsNoSchemaOnlyTheBeginningIsShown() {
    String large = "x".repeat(100_000);
    registry
        .answer(200, "{\"schemaType\": \"JSON\", \"schema\": \"" + large + "\"}")
        .answer(200, "{\"schema\": \"" + large + "\"}")
        .answer(404, "{\"error_code\": 40403, \"message\": \"" + large + "\"}");
    SchemaRegistry client = registry.client();
    for (int id = 0; id < 2; id++) {
      int number = id;
      assertThatThrownBy(() -> client.schema(number))
          .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isUnusable()).isTrue())
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_200));
    }
    assertThatThrownBy(() -> client.latest("s"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_200));
  }

  @Test
  void otherKindsOfSchemasAreRefused() {
    registry.answer(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"}");
    assertThatThrownBy(() -> registry.client().schema(1))
        .hasMessageContaining("no Avro schema")
        .hasMessageContaining("PROTOBUF");
  }

  @Test
  void whatIsNoRegistryIsNamed() {
    registry.answer(200, "<html>Welcome</html>");
    assertThatThrownBy(() -> registry.client().schema(1))
        .hasMessageContaining("<html>Welcome</html>")
        .hasMessageContaining("Is it a schema registry?");
  }

  @Test
  void credentialsAreSentAndNeverShown() {
    registry.answer(200, AS_JSON).answer(200, AS_JSON).answer(401, "who are you?");
    RegistryOptions basic = registry.options().with(Credentials.basic("ann", "s3cret"));
    new SchemaRegistry(basic).schema(1);
    RegistryOptions bearer = registry.options().with(Credentials.bearer("t0ken"));
    new SchemaRegistry(bearer).schema(1);
    assertThat(registry.asked())
        .extracting("authorization")
        .containsExactly("Basic YW5uOnMzY3JldA==", "Bearer t0ken");
    assertThat(basic + " " + bearer).doesNotContain("s3cret").doesNotContain("t0ken");
    assertThatThrownBy(() -> new SchemaRegistry(bearer).schema(1))
        .hasMessageContaining("who are you?")
        .hasMessageNotContaining("t0ken");
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }
}
