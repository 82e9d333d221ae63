package io.flinkinference.benchmarks.peers.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind HTTP on this machine: a text in, its vector out. Kinder than what is common: the
 * vector is sent as its bytes, not as JSON.
 */
public final class EmbeddingServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingServer.class);
  private static final int OK = 200;
  private static final int INTERNAL_ERROR = 500;

  /** So that no connection has to knock twice; each subtask has as many as it has requests. */
  private static final int BACKLOG = 4_096;

  static {
    // Else each answer waits some 40 ms for the client's acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Else connections beyond 200 are closed when they are idle, and opened for each request.
    System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(BACKLOG));
  }

  private final Embedder embedder;
  private final HttpServer server;
  private final ExecutorService threads;

  private EmbeddingServer(Embedder embedder, HttpServer server, ExecutorService threads) {
    this.embedder = embedder;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server on a free port of the loopback address.
   *
   * @param embedder is closed with the server
   * @param threadCount requests that are worked on at once
   */
  public static EmbeddingServer start(Embedder embedder, int threadCount) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    ExecutorService threads = Executors.newFixedThreadPool(threadCount);
    EmbeddingServer started = new EmbeddingServer(embedder, server, threads);
    server.setExecutor(threads);
    server.createContext("/embed", started::answer);
    server.start();
    return started;
  }

  /** Where to post texts to. */
  public URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://%s:%d/embed".formatted(address.getAddress().getHostAddress(), address.getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      byte[] body;
      try {
        body = bytes(embedder.embed(List.of(text)).get(0));
      } catch (Exception e) {
        LOG.error("A text of {} characters could not be embedded.", text.length(), e);
        byte[] reason = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(INTERNAL_ERROR, reason.length);
        exchange.getResponseBody().write(reason);
        return;
      }
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    embedder.close();
  }
}
