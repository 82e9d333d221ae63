package io.flinkinference.connectors.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flinkinference.connectors.text.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry, again where that may help: it does not answer, it is overloaded, or it failed
 * itself. All other refusals are final, with the registry's own words.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class RegistryHttp {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);

  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int OK = 200;

  /** Subject, version, schema not found. */
  private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 3_200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryOptions options;
  private final HttpClient client;

  /** Of the URL that answered last: one that is down is not asked first each time. */
  private volatile int first;

  RegistryHttp(RegistryOptions options) {
    this.options = options;
    // By itself the client asks each plain connection for HTTP/2. Some servers, such as those that
    // Karapace runs on, then answer by HTTP/1.1 without having read the body.
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    context(options).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  private static Optional<SSLContext> context(RegistryOptions options) {
    try {
      return options.tls().context();
    } catch (IllegalArgumentException e) {
      throw new RegistryException("The schema registry cannot be asked. " + e.getMessage(), e);
    }
  }

  JsonNode get(String path) {
    return ask("GET", path, BodyPublishers.noBody());
  }

  JsonNode post(String path, String schema) {
    String body = JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    return ask("POST", path, BodyPublishers.ofString(body));
  }

  /** Asks each URL but that which is asked first, once, for what one of them may know. */
  Optional<JsonNode> askOthersOnce(String path) {
    int begin = first;
    for (int i = 1; i < options.urls().size(); i++) {
      int index = (begin + i) % options.urls().size();
      URI url = options.urls().get(index);
      String what = "GET " + url + path;
      try {
        HttpResponse<String> response = send(request(url, "GET", path, BodyPublishers.noBody()));
        if (response.statusCode() == OK) {
          first = index;
          return Optional.of(parse(what, response.body()));
        }
      } catch (IOException e) {
        LOG.debug("{} got no answer: {}", what, e);
      } catch (InterruptedException e) {
        throw interrupted(what);
      }
    }
    return Optional.empty();
  }

  private JsonNode ask(String method, String path, BodyPublisher body) {
    long pause = FIRST_PAUSE_MILLIS;
    int begin = first;
    for (int attempt = 1; ; attempt++) {
      int index = (begin + attempt - 1) % options.urls().size();
      URI url = options.urls().get(index);
      String what = method + " " + url + path;
      String failure;
      Throwable cause = null;
      try {
        HttpResponse<String> response = send(request(url, method, path, body));
        if (response.statusCode() == OK) {
          first = index;
          return parse(what, response.body());
        }
        failure = what + " gave " + response.statusCode() + ": " + message(response.body());
        if (!mayPass(response.statusCode())) {
          throw new RegistryException(failure, kind(response.body()), null);
        }
      } catch (IOException e) {
        failure = what + " got no answer: " + e;
        cause = e;
      } catch (InterruptedException e) {
        throw interrupted(what);
      }
      if (attempt == options.attempts() * options.urls().size()) {
        throw new RegistryException(
            failure + ". It was tried " + attempt + " times. Is the schema registry up?", cause);
      }
      LOG.warn("{}. It is tried again in {} ms.", failure, pause);
      sleep(pause, what);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** With a limit of its own: the client's ends with the headers of the answer, before its body. */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("nothing within " + options.timeout().toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(URI url, String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + path))
            .method(method, body)
            .header("Content-Type", TYPE)
            .header("Accept", TYPE + ", application/json");
    options.credentials().authorization().ifPresent(a -> request.header("Authorization", a));
    return request.build();
  }

  private static boolean mayPass(int status) {
    return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
  }

  private static JsonNode parse(String what, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RegistryException(
          what + " gave no JSON but: " + Excerpt.of(body) + ". Is it a schema registry?", e);
    }
  }

  /** By the registry's own numbers: a proxy, or a wrong path, answers 404 too. */
  private static RegistryException.Kind kind(String body) {
    try {
      int code = JSON.readTree(body).path("error_code").asInt();
      return NOT_FOUND.contains(code)
          ? RegistryException.Kind.NOT_FOUND
          : RegistryException.Kind.OTHER;
    } catch (JsonProcessingException e) {
      return RegistryException.Kind.OTHER;
    }
  }

  /** The registry's own words, or all that it said where it is no registry. */
  private static String message(String body) {
    try {
      JsonNode message = JSON.readTree(body).path("message");
      return Excerpt.of(message.isTextual() ? message.textValue() : body);
    } catch (JsonProcessingException e) {
      return Excerpt.of(body);
    }
  }

  private static void sleep(long millis, String what) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(what);
    }
  }

  static RegistryException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new RegistryException(what + " was interrupted.", null);
  }
}
