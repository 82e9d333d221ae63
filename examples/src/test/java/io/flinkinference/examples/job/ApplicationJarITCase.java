package io.flinkinference.examples.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.local.LocalFlinkCluster;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application's jar on a cluster of several processes, as a user deploys it: the native
 * libraries and the model in {@code lib/}, the jar uploaded through the REST interface.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ApplicationJarITCase {

  /** What the jar brings, by the beginnings of artifacts' names. */
  private static final List<String> IN_THE_JAR =
      List.of(
          "flink-inference-0",
          "flink-inference-connectors",
          "flink-inference-examples",
          "flink-inference-model-tools",
          "tribuo-util-onnx",
          "protobuf-java",
          "flink-connector-base",
          "flink-connector-kafka",
          "kafka-clients",
          "avro-",
          "jackson-",
          "snakeyaml-2",
          "picocli-",
          "caffeine-");

  /** What neither the jar nor a cluster has: commands on a user's machine need it. */
  private static final List<String> OF_COMMANDS =
      List.of("progressbar", "commons-csv", "HdrHistogram", "tribuo-", "olcut-");

  @TempDir Path directory;

  @Test
  void jarRunsTheJobOfAFile() throws Exception {
    try (LocalKafka kafka = LocalKafka.start();
        LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, lib(), configuration())) {
      cluster.startTaskManager(new Configuration());
      for (String topic : List.of("texts", "scored", "dead")) {
        kafka.createTopic(topic, 1);
      }
      LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
      topics.write("texts", List.of("A good day.".getBytes(UTF_8), "Rain again.".getBytes(UTF_8)));

      JarRest rest = new JarRest(cluster.client().getWebInterfaceURL());
      String job = rest.run(applicationJar(), job(kafka).toString());

      assertThat(rest.awaitEnd(job)).isEqualTo("FINISHED");
      assertThat(topics.committed("scored")).hasSize(2);
      assertThat(topics.committed("dead")).isEmpty();
      assertThat(rest.get("/jobs/" + job).get("name").asText()).isEqualTo("on a cluster");

      assertThat(
              command("replay", "--bootstrap-servers", kafka.bootstrapServers(), "--from", "dead"))
          .contains("Written: 0 records");
    }
  }

  @Test
  void commandsOfTheImageNeedNoMoreThanTheJarAndLib() throws Exception {
    assertThat(command("inspect", "all-minilm-l6-v2")).contains("all-minilm-l6-v2", "embedding");
  }

  /** Runs a command as the script in the image does. */
  private String command(String... arguments) throws Exception {
    String classPath =
        Stream.concat(Stream.of(applicationJar()), lib().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", classPath, "io.flinkinference.examples.ImageCommands"));
    line.addAll(List.of(arguments));
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(said);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private Path job(LocalKafka kafka) throws Exception {
    return Files.writeString(
        directory.resolve("job.yaml"),
        """
        name: on a cluster
        parallelism: 1
        kafka: {bootstrap-servers: "%s"}
        source: {topics: [texts], bounded: true}
        model: all-minilm-l6-v2
        inference: {batch.warm-up: false, model.fuse: true}
        task: {type: embedding}
        output: {topic: scored}
        dead-letters: {topic: dead}
        checkpoints: {interval: 500 ms, directory: "%s"}
        delivery: {guarantee: exactly-once}
        """
            .formatted(kafka.bootstrapServers(), directory.resolve("checkpoints").toUri()));
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
    configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
    configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1280));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    configuration.set(
        CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL,
        List.of("ai.onnxruntime", "ai.djl."));
    return configuration;
  }

  private static List<Path> lib() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .filter(jar -> IN_THE_JAR.stream().noneMatch(name(jar)::startsWith))
        .filter(jar -> OF_COMMANDS.stream().noneMatch(name(jar)::startsWith))
        .toList();
  }

  /** One of an older version beside it would be tried in its place. */
  private static Path applicationJar() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files.filter(file -> name(file).endsWith("-application.jar")).sorted().toList();
      assertThat(jars).as("the jar; where there are more, build from clean").hasSize(1);
      return jars.get(0);
    }
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
