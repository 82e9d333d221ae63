package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkinference.local.LocalFlinkCluster;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The configuration that the chart renders for pools starts a real JobManager, a CPU TaskManager
 * and a GPU TaskManager. Only addresses and folders are of this machine; there is no GPU, which
 * Flink only warns of.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RenderedConfigurationITCase {

  @TempDir Path directory;

  @Test
  void bothPoolsRegisterWithWhatThePlacementAsksFor() throws Exception {
    Configuration ofOperator = here(FlinkPods.configuration(deployment()));
    ofOperator.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
    Configuration ofChart = here(ofGpuPool());
    ofChart.removeConfig(JobManagerOptions.ADDRESS);
    ofChart.removeConfig(JobManagerOptions.PORT);

    try (LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, lib(), ofOperator)) {
      cluster.startTaskManager(new Configuration());
      cluster.startTaskManager(ofChart);

      Map<String, JsonNode> byResource = new HashMap<>();
      for (JsonNode taskManager : taskManagers(cluster)) {
        JsonNode extended = taskManager.at("/totalResource/extendedResources");
        assertThat(extended).as("%s", taskManager).hasSize(1);
        byResource.put(extended.fieldNames().next(), taskManager);
      }
      assertThat(byResource).containsOnlyKeys("cpupool", "gpu");
      assertThat(amount(byResource, "cpupool")).isEqualTo(2);
      assertThat(amount(byResource, "gpu")).isEqualTo(1);
      assertSlotsHaveRoom(byResource.get("cpupool"));
      assertSlotsHaveRoom(byResource.get("gpu"));
    }
  }

  /** A core and 256 MB of heap for each slot is what the placement asks for unless told. */
  private static void assertSlotsHaveRoom(JsonNode taskManager) {
    int slots = taskManager.get("slotsNumber").asInt();
    assertThat(slots).isEqualTo(2);
    assertThat(taskManager.at("/totalResource/cpuCores").asDouble()).isGreaterThanOrEqualTo(slots);
    assertThat(taskManager.at("/totalResource/taskHeapMemory").asInt())
        .isGreaterThanOrEqualTo(256 * slots);
  }

  private static double amount(Map<String, JsonNode> byResource, String resource) {
    return byResource.get(resource).at("/totalResource/extendedResources/" + resource).asDouble();
  }

  private static JsonNode deployment() throws Exception {
    return Documents.one("pools", "FlinkDeployment", "");
  }

  private static Configuration ofGpuPool() throws Exception {
    JsonNode map = Documents.one("pools", "ConfigMap", "-gpu");
    Configuration configuration = new Configuration();
    Documents.YAML
        .readTree(map.at("/data/config.yaml").asText())
        .properties()
        .forEach(entry -> configuration.setString(entry.getKey(), entry.getValue().asText()));
    return configuration;
  }

  /** The same keys, with folders and ports of this machine. */
  private Configuration here(Configuration rendered) {
    Configuration here = new Configuration();
    rendered
        .toMap()
        .forEach(
            (key, value) ->
                here.setString(
                    key,
                    value.startsWith("s3://")
                        ? directory.resolve(value.substring("s3://".length())).toUri().toString()
                        : value));
    here.setString("taskmanager.rpc.port", "0");
    here.setString("metrics.reporter.prom.port", "0");
    return here;
  }

  private static JsonNode taskManagers(LocalFlinkCluster cluster) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cluster.client().getWebInterfaceURL() + "/taskmanagers"))
            .build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return Documents.YAML.readTree(body).get("taskmanagers");
  }

  private static List<Path> lib() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::exists)
        .filter(path -> path.toString().endsWith(".jar") || path.toString().contains("local"))
        .toList();
  }
}
