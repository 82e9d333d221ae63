package io.flinkinference.examples.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.local.LocalFlinkCluster;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import io.flinkinference.result.Classification;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example script in Flink's own SQL client, on a cluster of processes, from Kafka to Kafka. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class ScoreTopicSqlITCase {

  private static final Path SCRIPT = Path.of("src", "main", "sql", "score-topic.sql");
  private static final String MODEL = "all-minilm-l6-v2";
  private static final int TEXTS = 120;
  private static final int EACH_SO_MANY_IS_NULL = 20;

  private static final List<String> SENTENCES =
      List.of(
          "The fishermen wait for their quotas.",
          "Banks must lend again, or growth will not come back.",
          "Passengers of cancelled trains have a right to their money.",
          "This medicine was never tried on children, and it is for them that it is now sold.");

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void eachTextOfTheTopicComesBackOnceWithTheScoresOfTheScorer() throws Exception {
    String script = Files.readString(SCRIPT);
    try (LocalKafka kafka = LocalKafka.start();
        LocalFlinkCluster cluster = LocalFlinkCluster.start(directory, lib(), settings())) {
      kafka.createTopic("texts", 2);
      kafka.createTopic("scored", 1);
      Map<String, String> texts = texts();
      write(kafka, texts);
      abort(kafka, "{\"id\": \"aborted\", \"text\": \"Nobody has said this.\"}");
      cluster.startTaskManager(new Configuration());

      Path file = directory.resolve("script.sql");
      Files.writeString(
          file,
          script
              .replace("localhost:9092", kafka.bootstrapServers())
              .replace("'10 s'", "'500 ms'")
              .replace("'top-k' = '3'", "'top-k' = '3', 'inference.batch.warm-up' = 'false'"));
      String said = SqlClientProcess.run(cluster, directory, lib(), file);
      assertThat(said)
          .contains("Submitting SQL update statement to the cluster...", "Job ID:")
          .doesNotContain("[ERROR]");

      Map<String, Classification> expected = scored(texts, script);
      for (JsonNode row : results(kafka, cluster, said)) {
        String id = row.get("id").asText();
        assertThat(texts).as("each id comes back once").containsKey(id);
        String text = texts.remove(id);
        if (text == null) {
          assertThat(row.get("text").isNull()).isTrue();
          assertThat(row.get("label").isNull()).isTrue();
          assertThat(row.get("error").isNull()).as("a null is no error").isTrue();
        } else {
          assertIsResultOf(text, row, expected.get(text));
        }
      }
      assertThat(texts).as("texts that did not come back").isEmpty();
    }
  }

  private static void assertIsResultOf(String text, JsonNode row, Classification expected) {
    assertThat(row.get("text").asText()).isEqualTo(text);
    if (text.isBlank()) {
      assertThat(row.get("label").isNull()).isTrue();
      assertThat(row.get("error").asText()).contains("blank");
      return;
    }
    assertThat(row.get("error").isNull()).isTrue();
    assertThat(row.get("label").asText()).isEqualTo(expected.top().label());
    assertThat(row.get("score").asDouble()).isCloseTo(expected.top().score(), within(1e-5));
    assertThat(row.get("ranked")).hasSize(3);
    assertThat(row.get("ranked").get(2).get("label").asText())
        .isEqualTo(expected.labels().get(2).label());
  }

  /** By their ids. */
  private static Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < TEXTS; i++) {
      String text = SENTENCES.get(i % SENTENCES.size()) + " " + i;
      texts.put("id-" + i, i % EACH_SO_MANY_IS_NULL == 7 ? null : i == 100 ? "  " : text);
    }
    return texts;
  }

  private void write(LocalKafka kafka, Map<String, String> texts) throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      values.add(
          json.writeValueAsBytes(
              json.createObjectNode().put("id", text.getKey()).put("text", text.getValue())));
    }
    new LocalTopics(kafka.bootstrapServers()).write("texts", values);
  }

  /** Writes a value to the texts in a transaction that is aborted. */
  private static void abort(LocalKafka kafka, String value) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "aborts");
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("texts", value.getBytes(UTF_8))).get();
      producer.abortTransaction();
    }
  }

  /**
   * What the job has written when it has ended: the savepoint commits it all, so that no row is
   * hidden by a transaction that is left open.
   */
  private List<JsonNode> results(LocalKafka kafka, LocalFlinkCluster cluster, String said)
      throws Exception {
    LocalTopics topics = new LocalTopics(kafka.bootstrapServers());
    assertThat(topics.awaitCommitted("scored", TEXTS)).hasSizeGreaterThanOrEqualTo(TEXTS);
    JobID job = job(said);
    cluster
        .client()
        .stopWithSavepoint(job, false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
    cluster.client().requestJobResult(job).get();
    List<JsonNode> rows = new ArrayList<>();
    for (var record : topics.committed("scored")) {
      rows.add(json.readTree(new String(record.value(), UTF_8)));
    }
    return rows;
  }

  private static JobID job(String said) {
    Matcher id = Pattern.compile("Job ID: (\\p{XDigit}{32})").matcher(said);
    assertThat(id.find()).as(said).isTrue();
    return JobID.fromHexString(id.group(1));
  }

  private static Map<String, Classification> scored(Map<String, String> texts, String script) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = Pattern.compile("'labels\\.(\\w+)' = '(.*)'").matcher(script);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    Map<String, Classification> results = new HashMap<>();
    try (var scorer = TextScorer.open(MODEL, Tasks.zeroShot(labels, 0.05), new Configuration())) {
      scorer.score(
          texts.values().iterator(), text -> text, one -> results.put(one.item(), one.result()));
    }
    return results;
  }

  /** What Flink's lib directory holds; the test's own class path has it all. */
  private static List<Path> lib() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  private static Configuration settings() {
    Configuration config = new Configuration();
    config.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1_000));
    config.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(2_000));
    config.set(TaskManagerOptions.NUM_TASK_SLOTS, 2);
    config.setString("parallelism.default", "2");
    return config;
  }
}
