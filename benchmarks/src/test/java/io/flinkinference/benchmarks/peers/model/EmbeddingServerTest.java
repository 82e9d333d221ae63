package io.flinkinference.benchmarks.peers.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddingServerTest {

  /** As many as four subtasks have. */
  private static final int CONNECTIONS = 400;

  private static final int TIMEOUT_MILLIS = 30_000;

  @Test
  void allConnectionsStayOpenForTheNextRequest() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try (EmbeddingServer server = EmbeddingServer.start(new Lengths(), 2)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = new Socket(server.address().getHost(), server.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        sockets.add(socket);
      }
      for (int request = 0; request < 2; request++) {
        for (Socket socket : sockets) {
          assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
        }
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** The answer to a text, as it comes; empty where the connection was closed. */
  private static String answer(Socket socket) throws IOException {
    String request = "POST /embed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\na";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return answer.toString();
      }
      answer.append((char) next);
    }
    in.readNBytes(Float.BYTES);
    return answer.toString();
  }

  private static final class Lengths implements Embedder {

    @Override
    public List<float[]> embed(List<String> texts) {
      return texts.stream().map(text -> new float[] {text.length()}).toList();
    }

    @Override
    public void close() {
      // Has nothing.
    }
  }
}
