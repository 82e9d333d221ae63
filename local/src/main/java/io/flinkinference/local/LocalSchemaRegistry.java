package io.flinkinference.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A schema registry in a process of its own: Apicurio Registry, which keeps its schemas in memory
 * and speaks the interface of Confluent's registry. Its ports are free ones of loopback.
 */
public final class LocalSchemaRegistry implements AutoCloseable {

  private static final String MAIN = "io.quarkus.runner.GeneratedMain";
  private static final String INTERFACE = "/apis/ccompat/v7";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int OK = 200;

  /** It logs this when the port is its own. */
  private static final String BOUND = "Listening on: ";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ServerProcess process;
  private final int port;

  private LocalSchemaRegistry(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a registry and waits until it answers.
   *
   * @param home where the archive {@code apicurio-registry-app} was unpacked
   * @param directory for its log; exists
   * @throws IllegalStateException if it does not start; the message holds the end of its log
   */
  public static LocalSchemaRegistry start(Path home, Path directory)
      throws IOException, InterruptedException {
    return PortAttempts.start(1, ports -> startOn(ports[0], home, directory));
  }

  static LocalSchemaRegistry startOn(int port, Path home, Path directory)
      throws IOException, InterruptedException {
    ServerProcess process =
        ServerProcess.launch(
            "schema-registry",
            directory,
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port),
            // This class's own place for the leash, and nothing else of this process.
            ownPlace() + File.pathSeparator + runner(home),
            MAIN,
            List.of(),
            Map.of());
    LocalSchemaRegistry registry = new LocalSchemaRegistry(process, port);
    process.awaitReady(() -> process.logged(BOUND) && registry.answers(), START_LIMIT);
    return registry;
  }

  private static Path runner(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "There is no *-runner.jar in " + home + "; unpack apicurio-registry-app."));
    }
  }

  private static String ownPlace() {
    return Path.of(
            URI.create(
                LeashedMain.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** URL of the interface, for clients. */
  public String url() {
    return "http://127.0.0.1:" + port + INTERFACE;
  }

  /** The process, for tests that stop and resume it. */
  public Process process() {
    return process.process();
  }

  @Override
  public void close() {
    process.close();
  }
}
