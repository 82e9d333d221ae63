package io.flinkinference.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests as a test says, in their order, on a free port. */
public final class StubRegistry implements AutoCloseable {

  /** A request as it came. */
  public record Asked(
      String method, String path, String authorization, String upgrade, String body) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  public StubRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public synchronized StubRegistry answer(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  /** What came so far. */
  public List<Asked> asked() {
    return asked;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public RegistryOptions options() {
    return RegistryOptions.at(url()).trying(3, Duration.ofSeconds(5));
  }

  SchemaRegistry client() {
    return new SchemaRegistry(options());
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Upgrade"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    Answer answer = answers.isEmpty() ? new Answer(500, "no further answers") : answers.remove();
    byte[] body = answer.body.getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
