package io.flinkinference.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkinference.examples.job.ScoringApplication;
import io.flinkinference.examples.job.ScoringPipeline;
import io.flinkinference.local.LocalFlinkCluster;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import io.flinkinference.local.ServerProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart renders for pools starts a real JobManager, a CPU TaskManager and a GPU
 * TaskManager, and the rendered job's file scores texts there. Only addresses and folders are of
 * this machine, and the GPUs are only said to be there: the model runs on the CPU, as the values
 * allow.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RenderedConfigurationITCase {

  private static final int TEXTS = 40;
  private static final int PARALLELISM = 4;

  /** More subtasks than the default memory has room for, if it were parcelled out. */
  private static final String VALUES =
      """
      run: {parallelism: 4}
      podDisruptionBudget: {enabled: false}
      taskManager: {replicas: 1, slots: 6}
      gpu: {count: 2, discoveryScript: %s, pool: {replicas: 1, slots: 4}}
      model: {source: none}
      job:
        kafka: {bootstrap-servers: "%s"}
        source: {topics: [reviews], bounded: true}
        model: all-minilm-l6-v2
        task: {type: embedding}
        inference: {device.fallback: CPU, batch.warm-up: false}
        output: {topic: scored, format: json}
      """;

  @TempDir Path directory;

  @BeforeEach
  void copyPlugin() throws Exception {
    Path plugin = Files.createDirectories(directory.resolve("plugins").resolve("gpu"));
    try (Stream<Path> jars = Files.list(Path.of("target", "gpu-plugin"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, plugin.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void renderedJobScoresTextsWhereTheRenderedConfigurationSays() throws Exception {
    try (LocalKafka kafka = LocalKafka.start()) {
      for (String topic : List.of("reviews", "scored", "dead-letters")) {
        kafka.createTopic(topic, 1);
      }
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      topics.write(
          "reviews",
          IntStream.range(0, TEXTS)
              .mapToObj(i -> ("The parcel number " + i + " is late.").getBytes(UTF_8))
              .toList());
      List<JsonNode> documents = documents(kafka);
      JsonNode deployment = Documents.one(documents, "FlinkDeployment", "");

      Configuration ofOperator = here(FlinkPods.configuration(deployment));
      ofOperator.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
      Configuration ofChart = here(ofGpuPool(documents));
      ofChart.removeConfig(JobManagerOptions.ADDRESS);
      ofChart.removeConfig(JobManagerOptions.PORT);

      try (LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, lib(), ofOperator)) {
        ServerProcess cpus = cluster.startTaskManager(new Configuration());
        ServerProcess gpus = cluster.startTaskManager(ofChart);

        JobClient job = submit(cluster, deployment, documents);
        job.getJobExecutionResult().get();

        List<String> inference = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        cluster
            .placesOf(job.getJobID())
            .forEach((name, on) -> (name.startsWith("Score with") ? inference : rest).addAll(on));
        assertThat(inference).hasSize(PARALLELISM).containsOnly(gpus.name());
        assertThat(rest).isNotEmpty().containsOnly(cpus.name());
        assertThat(topics.committed("scored"))
            .hasSize(TEXTS)
            .allSatisfy(
                result ->
                    assertThat(Documents.YAML.readTree(result.value()).at("/model/device").asText())
                        .as("what really ran it: %s", new String(result.value(), UTF_8))
                        .isEqualTo("cpu"));
        assertThat(topics.committed("dead-letters")).isEmpty();
      }
    }
  }

  private List<JsonNode> documents(LocalKafka kafka) throws Exception {
    Path script = Files.writeString(directory.resolve("gpus.sh"), "#!/bin/sh\necho 0,1\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Documents.with(
        directory.resolve("values.yaml"),
        "pools",
        VALUES.formatted(script, kafka.bootstrapServers()));
  }

  private JobClient submit(LocalFlinkCluster cluster, JsonNode deployment, List<JsonNode> documents)
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("job.yaml"),
            Documents.one(documents, "ConfigMap", "-job").at("/data/job.yaml").asText());
    StreamExecutionEnvironment env = cluster.environment(ofOperatorsJob(deployment), List.of());
    ScoringPipeline pipeline = new ScoringPipeline(ScoringApplication.read(file.toString()));
    pipeline.build(env);
    pipeline.askKafka(env);
    return env.executeAsync("rendered");
  }

  /** With replicas told, the operator takes these times the slots for the parallelism. */
  private static Configuration ofOperatorsJob(JsonNode deployment) {
    int replicas = deployment.at("/spec/taskManager/replicas").asInt();
    int slots =
        deployment.at("/spec/flinkConfiguration").get("taskmanager.numberOfTaskSlots").asInt();
    assertThat(replicas * slots).isGreaterThan(PARALLELISM);
    Configuration job = new Configuration();
    job.set(CoreOptions.DEFAULT_PARALLELISM, replicas * slots);
    return job;
  }

  private static Configuration ofGpuPool(List<JsonNode> documents) throws Exception {
    JsonNode map = Documents.one(documents, "ConfigMap", "-gpu");
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

  private static List<Path> lib() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::exists)
        .filter(path -> !path.toString().endsWith("test-classes"))
        .toList();
  }
}
