package io.flinkinference.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flinkinference.connectors.text.Excerpt;
import java.net.URLEncoder;
import java.time.Duration;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schemas of a registry. A schema's number stands for the same schema for ever, so what was
 * asked for once is remembered: a registry that goes down stops nobody who knows all his schemas.
 *
 * <p>The interface is that of Confluent's schema registry, version 1 of its REST API.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread. They wait for the registry, and
 * fail with {@link RegistryException} where it does not answer or refuses.
 */
public final class SchemaRegistry {

  /** Far more than a job meets; it bounds what records with made-up numbers can do. */
  private static final int REMEMBERED = 10_000;

  private static final Duration MISSING_FOR = Duration.ofSeconds(10);

  private final RegistryHttp http;
  private final SecondLook secondLook;
  private final Cache<Integer, Schema> byId = cache();
  private final Cache<SubjectSchema, Integer> registered = cache();

  /** Numbers that no schema has: a flood of broken records must not become one of requests. */
  private final Cache<Integer, RegistryException> missing =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(MISSING_FOR)
          .executor(Runnable::run)
          .build();

  /** Makes a client; nothing is asked yet. */
  public SchemaRegistry(RegistryOptions options) {
    this.http = new RegistryHttp(options);
    this.secondLook = new SecondLook(http);
  }

  /**
   * The schema of a number.
   *
   * @throws RegistryException that {@link RegistryException#isNotFound} where there is none
   */
  public Schema schema(int id) {
    RegistryException known = missing.getIfPresent(id);
    if (known != null) {
      throw known;
    }
    try {
      return byId.get(id, this::ask);
    } catch (RegistryException e) {
      if (e.isNotFound() || e.isUnusable()) {
        missing.put(id, e);
      }
      throw e;
    }
  }

  /**
   * Registers a schema under a subject, unless it is there.
   *
   * @return its number
   * @throws RegistryException with the registry's words where it is not compatible with earlier
   *     ones
   */
  public int register(String subject, Schema schema) {
    return registered.get(
        new SubjectSchema(subject, schema),
        key -> number(http.post("/subjects/" + encode(subject) + "/versions", schema.toString())));
  }

  /** The latest schema of a subject, asked for anew each time. */
  public Numbered latest(String subject) {
    JsonNode answer = http.get("/subjects/" + encode(subject) + "/versions/latest");
    Numbered latest = new Numbered(number(answer), parse(answer));
    byId.put(latest.id(), latest.schema());
    return latest;
  }

  private Schema ask(int id) {
    return parse(secondLook.get("/schemas/ids/" + id));
  }

  private Schema parse(JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    String text = answer.path("schema").asText("");
    if (!type.equals("AVRO") || text.isEmpty()) {
      throw unusable(
          "The registry gave no Avro schema but: " + Excerpt.of(answer.toString()), null);
    }
    try {
      // Values were written with it, whatever its defaults are.
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      addReferences(answer, parser);
      return parser.parse(text);
    } catch (AvroRuntimeException e) {
      throw unusable(
          "The registry's schema cannot be read: "
              + Excerpt.of(String.valueOf(e.getMessage()))
              + ": "
              + Excerpt.of(text),
          e);
    }
  }

  private static RegistryException unusable(String message, Throwable cause) {
    return new RegistryException(message, RegistryException.Kind.UNUSABLE, cause);
  }

  /** Schemas that name others come with these, which have to be known first. */
  private void addReferences(JsonNode answer, Schema.Parser parser) {
    for (JsonNode reference : answer.path("references")) {
      JsonNode referred =
          secondLook.get(
              "/subjects/"
                  + encode(reference.path("subject").asText())
                  + "/versions/"
                  + reference.path("version").asInt());
      addReferences(referred, parser);
      if (!parser.getTypes().containsKey(reference.path("name").asText())) {
        parser.parse(referred.path("schema").asText());
      }
    }
  }

  private static int number(JsonNode answer) {
    if (!answer.path("id").isInt()) {
      throw new RegistryException(
          "The registry gave no number of a schema but: " + Excerpt.of(answer.toString()), null);
    }
    return answer.path("id").intValue();
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();
  }

  /**
   * A schema with its number.
   *
   * @param id as in the wire format
   */
  public record Numbered(int id, Schema schema) {}

  private record SubjectSchema(String subject, Schema schema) {}
}
