package io.flinkinference.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.local.LocalSchemaRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A real registry, which a test can set up and hold still. */
public final class RegistryServer implements AutoCloseable {

  private final LocalSchemaRegistry registry;

  private RegistryServer(LocalSchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * Starts it.
   *
   * @param directory for its log
   */
  public static RegistryServer start(Path directory) throws Exception {
    Path home = Path.of(System.getProperty("schema-registry.home"));
    return new RegistryServer(LocalSchemaRegistry.start(home, directory));
  }

  /** URL of its interface. */
  public String url() {
    return registry.url();
  }

  /** Says what the next versions of a subject have to be. */
  public void setCompatibility(String subject, String level) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"" + level + "\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  /** Sends its process a signal, such as STOP and CONT. */
  public void signal(String name) throws Exception {
    long pid = registry.process().pid();
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  @Override
  public void close() {
    registry.close();
  }
}
