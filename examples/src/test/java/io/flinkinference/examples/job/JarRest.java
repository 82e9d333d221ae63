package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a user's script does with Flink's REST interface: upload a jar, run it, ask for its job. */
final class JarRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "boundary-of-the-jar";
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  JarRest(String url) {
    this.url = url;
  }

  /** Uploads a jar, runs its main class with an argument, and returns the id of its job. */
  String run(Path jar, String argument) throws Exception {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(BOUNDARY, jar.getFileName());
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    String file =
        post("/jars/upload", "multipart/form-data; boundary=" + BOUNDARY, body)
            .get("filename")
            .asText();
    String id = Path.of(file).getFileName().toString();
    ObjectNode request = JSON.createObjectNode();
    request.putArray("programArgsList").add(argument);
    return post(
            "/jars/" + id + "/run", "application/json", BodyPublishers.ofString(request.toString()))
        .get("jobid")
        .asText();
  }

  /** Returns when a job has ended, with its state. */
  String awaitEnd(String job) throws Exception {
    while (true) {
      String state = get("/jobs/" + job).get("state").asText();
      if (List.of("FINISHED", "FAILED", "CANCELED").contains(state)) {
        return state;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  JsonNode get(String path) throws Exception {
    return ask(HttpRequest.newBuilder(URI.create(url + path)).GET().build());
  }

  private JsonNode post(String path, String type, BodyPublisher body) throws Exception {
    return ask(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .POST(body)
            .build());
  }

  private JsonNode ask(HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
    if (response.statusCode() != OK) {
      throw new IllegalStateException(request + " gave " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
