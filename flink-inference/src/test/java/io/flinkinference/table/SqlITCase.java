package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.runtime.ModelLeases;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ModelDescriptor;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flink's planner and runtime with the provider, and results as {@link TextScorer} gives them. */
@Timeout(180)
class SqlITCase {

  /** They may depend on the shape of the batch. */
  private static final Offset<Double> LAST_DIGITS = within(1e-5);

  private static final String MODEL = "all-minilm-l6-v2";
  private static final String CALL =
      "MAP['max-concurrent-operations', '1024', 'output-mode', 'ALLOW_UNORDERED']";
  private static final List<String> TEXTS =
      List.of(
          "The striker scored twice in the final.",
          "Whisk the eggs with the flour and the sugar, and bake it for an hour.",
          "Tennis",
          "A soup of the season. ".repeat(30));

  @TempDir static Path directory;

  private static MiniCluster cluster;

  private final TableEnvironment env =
      TableEnvironment.create(EnvironmentSettings.inStreamingMode());

  @BeforeAll
  static void start() throws Exception {
    Configuration config = new Configuration();
    config.set(RestOptions.ADDRESS, "127.0.0.1");
    config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .setCommonBindAddress("127.0.0.1")
                .setNumSlotsPerTaskManager(2)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.closeAsync().join();
  }

  @BeforeEach
  void table() throws Exception {
    URI address = cluster.getRestAddress().get();
    env.getConfig().set("execution.target", "remote");
    env.getConfig().set("rest.address", address.getHost());
    env.getConfig().set("rest.port", Integer.toString(address.getPort()));
    env.getConfig().set("parallelism.default", "2");
    env.getConfig().set("restart-strategy.type", "none");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(Row.of(i, i % 10 == 7 ? null : TEXTS.get(i % TEXTS.size()) + " " + i));
    }
    env.createTemporaryView("texts", values(rows));
  }

  @AfterEach
  void noModelIsLeftInMemory() throws Exception {
    for (JobStatusMessage job : cluster.listJobs().get()) {
      cluster.requestJobResult(job.getJobId()).get(); // Its tasks have closed their models.
    }
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  private Table values(List<Row> rows) {
    return env.fromValues(
        DataTypes.ROW(
            DataTypes.FIELD("id", DataTypes.INT()), DataTypes.FIELD("text", DataTypes.STRING())),
        rows);
  }

  /** Its rows in flight are in the savepoint; nothing waits for them. */
  @Test
  void aJobWithABacklogStopsWithASavepoint(@TempDir Path own) throws Exception {
    Path slow = TestingModels.directory(TestingModels.TROUBLED, own);
    env.executeSql(
        """
        CREATE MODEL slow INPUT (text STRING) OUTPUT (label STRING)
        WITH ('provider' = 'onnx', 'path' = '%s', 'task' = 'text-classification',
              'inference.batch.mode' = 'FIXED', 'inference.batch.token-budget' = '1',
              'inference.batch.warm-up' = 'false')
        """
            .formatted(slow));
    env.executeSql(
        "CREATE TABLE endless (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '500')");
    env.executeSql(
        "CREATE VIEW slow_texts AS SELECT 't%d t' || CAST(20 + MOD(ABS(n), 70) AS STRING)"
                .formatted(TestingModels.ID_THAT_IS_SLOW)
            + " || ' t' || CAST(20 + MOD(ABS(n / 70), 70) AS STRING) AS text FROM endless");
    TableResult job =
        env.executeSql(
            "SELECT label FROM ML_PREDICT(TABLE slow_texts, MODEL slow, DESCRIPTOR(text), "
                + CALL
                + ")");
    JobID id = job.getJobClient().orElseThrow().getJobID();
    CompletableFuture<JobResult> end = cluster.requestJobResult(id);
    try {
      assertThat(job.collect().hasNext()).isTrue();
      String savepoint =
          cluster
              .stopWithSavepoint(id, own.toUri().toString(), false, SavepointFormatType.NATIVE)
              .get();
      assertThat(savepoint).contains("savepoint-");
      assertThat(end.get().isSuccess()).isTrue();
    } finally {
      if (!end.isDone()) { // Else whoever waits for all jobs would wait for ever.
        cluster.cancelJob(id).get();
      }
    }
  }

  @Test
  void zeroShotRanksAsTheScorerDoesAndNullStaysNull() throws Exception {
    env.executeSql(
        """
        CREATE MODEL topic
        INPUT (text STRING)
        OUTPUT (label STRING, score DOUBLE, labels ARRAY<ROW<label STRING, score FLOAT>>,
                error STRING, model_sha256 STRING, model_batch_invariant BOOLEAN)
        WITH ('provider' = 'onnx', 'path' = 'all-minilm-l6-v2', 'task' = 'zero-shot',
              'labels.sport' = 'football, tennis, the match and its score',
              'labels.cooking' = 'recipes, ingredients and how to bake',
              'labels.the weather' = 'rain and sun',
              'top-k' = '2', 'temperature' = '0.1', 'inference.batch.warm-up' = 'false')
        """);
    Map<String, Classification> expected =
        scored(
            Tasks.zeroShot(
                Map.of(
                    "sport", "football, tennis, the match and its score",
                    "cooking", "recipes, ingredients and how to bake",
                    "the weather", "rain and sun"),
                0.1));
    List<Row> rows =
        collect(
            "SELECT text, label, score, labels, error, model_sha256, model_batch_invariant FROM"
                + " ML_PREDICT(TABLE texts, MODEL topic, DESCRIPTOR(text), "
                + CALL
                + ")");
    assertThat(rows).hasSize(100);
    for (Row row : rows) {
      if (row.getField(0) == null) {
        assertThat(row).isEqualTo(Row.withPositions(7));
        continue;
      }
      Classification result = expected.get(row.getFieldAs(0));
      assertThat((String) row.getFieldAs(1)).isEqualTo(result.top().label());
      assertThat((double) row.getFieldAs(2)).isCloseTo(result.top().score(), LAST_DIGITS);
      Row[] ranked = row.getFieldAs(3);
      assertThat(ranked).hasSize(2);
      for (int i = 0; i < ranked.length; i++) {
        LabelScore same = result.labels().get(i);
        assertThat((String) ranked[i].getFieldAs(0)).isEqualTo(same.label());
        float score = ranked[i].getFieldAs(1);
        assertThat((double) score).isCloseTo(same.score(), LAST_DIGITS);
      }
      assertThat(row.getField(4)).isNull();
      assertThat((String) row.getFieldAs(5)).matches("[0-9a-f]{64}");
      assertThat(row.getField(6)).isEqualTo(true);
    }
  }

  @Test
  void embeddingsAreArraysOfFloatOrDoubleAlsoThroughTheTableApi() throws Exception {
    Map<String, Embedding> expected = scored(Tasks.embedding());
    Table texts = env.from("texts");
    for (var type : List.of(DataTypes.FLOAT(), DataTypes.DOUBLE())) {
      Table vectors =
          env.fromModel(
                  ModelDescriptor.forProvider("onnx")
                      .inputSchema(Schema.newBuilder().column("text", "STRING").build())
                      .outputSchema(
                          Schema.newBuilder().column("embedding", DataTypes.ARRAY(type)).build())
                      .option(OnnxModelOptions.PATH, MODEL)
                      .option(OnnxModelOptions.TASK, "embedding")
                      .option(InferenceOptions.WARM_UP, false)
                      .build())
              .predict(texts, ColumnList.of("text"), Map.of("max-concurrent-operations", "1024"));
      List<Row> rows = collect(vectors.execute());
      assertThat(rows).hasSize(100);
      for (Row row : rows) {
        Object[] vector = row.getFieldAs("embedding");
        if (row.getField("text") == null) {
          assertThat(vector).isNull();
          continue;
        }
        assertThat(vector).hasSize(384);
        float[] same = expected.get(row.getFieldAs("text")).values();
        for (int i = 0; i < vector.length; i++) {
          assertThat(((Number) vector[i]).doubleValue()).isCloseTo(same[i], LAST_DIGITS);
        }
      }
    }
  }

  private static <R> Map<String, R> scored(InferenceTask<R> task) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (i % 10 != 7) {
        texts.add(TEXTS.get(i % TEXTS.size()) + " " + i);
      }
    }
    Map<String, R> results = new HashMap<>();
    Configuration options = new Configuration();
    options.set(InferenceOptions.WARM_UP, false);
    try (TextScorer<R> scorer = TextScorer.open(MODEL, task, options)) {
      scorer.score(texts.iterator(), text -> text, one -> results.put(one.item(), one.result()));
    }
    return results;
  }

  @Test
  void severalTasksOfOneRunAreRows() throws Exception {
    env.executeSql(
        """
        CREATE MODEL pair_of_tasks
        INPUT (text STRING)
        OUTPUT (topic ROW<label STRING, score DOUBLE>, vector ROW<embedding ARRAY<FLOAT>>)
        WITH ('provider' = 'onnx', 'path' = 'all-minilm-l6-v2', 'task' = 'several',
              'tasks.vector.task' = 'embedding', 'tasks.vector.dimensions' = '8',
              'tasks.topic.task' = 'zero-shot',
              'tasks.topic.labels.sport' = 'football and tennis',
              'tasks.topic.labels.cooking' = 'recipes', 'inference.batch.warm-up' = 'false')
        """);
    Map<String, Classification> expected =
        scored(Tasks.zeroShot(Map.of("sport", "football and tennis", "cooking", "recipes"), 0.05));
    List<Row> rows =
        collect(
            "SELECT text, topic.label, vector.embedding FROM"
                + " ML_PREDICT(TABLE texts, MODEL pair_of_tasks, DESCRIPTOR(text), "
                + CALL
                + ")");
    assertThat(rows).hasSize(100);
    for (Row row : rows) {
      if (row.getField(0) == null) {
        assertThat(row).isEqualTo(Row.withPositions(3));
        continue;
      }
      Classification result = expected.get(row.getFieldAs(0));
      assertThat((String) row.getFieldAs(1)).isEqualTo(result.top().label());
      assertThat((Object[]) row.getFieldAs(2)).hasSize(8);
    }
  }

  @Test
  void badTextsFollowTheOptionAlsoWithoutAsync() throws Exception {
    String path = TestingModels.directory(TestingModels.TROUBLED, directory).toString();
    env.createTemporaryView(
        "troubled",
        values(
            Arrays.asList(
                Row.of(0, "t20"),
                Row.of(1, null),
                Row.of(2, "t13 t4"),
                Row.of(3, "t14"),
                Row.of(4, " "),
                Row.of(5, "t21"))));
    create("with_column", path, "label STRING, error_reason STRING", "");
    create("with_null", path, "label STRING", ", 'error-handling' = 'null'");
    create("failing", path, "label STRING", "");

    Object[] columns = {"one", null, null, null, null, "two"};
    Object[] reasons = {null, null, "ENGINE_FAILURE", "INVALID_OUTPUT", "BLANK_TEXT", null};
    for (String async : List.of("true", "false")) {
      String call = "MAP['async', '" + async + "']";
      List<Row> rows = predict("with_column", "id, label, error_reason", call);
      assertThat(rows).extracting(row -> row.getField(1)).containsExactly(columns);
      assertThat(rows).extracting(row -> row.getField(2)).containsExactly(reasons);
      assertThat(predict("with_null", "id, label", call))
          .extracting(row -> row.getField(1))
          .containsExactly(columns);
      assertThatThrownBy(() -> predict("failing", "id, label", call))
          .hasStackTraceContaining("A text cannot be scored (")
          .hasStackTraceContaining("set 'error-handling' of the model to 'NULL'");
    }
  }

  private void create(String name, String path, String output, String more) {
    env.executeSql(
        ("CREATE MODEL %s INPUT (text STRING) OUTPUT (%s) WITH ('provider' = 'onnx', 'path' = '%s',"
                + " 'task' = 'text-classification', 'inference.batch.warm-up' = 'false'%s)")
            .formatted(name, output, path, more));
  }

  /** In the order of the ids. */
  private List<Row> predict(String model, String columns, String call) throws Exception {
    List<Row> rows =
        collect(
            "SELECT %s FROM ML_PREDICT(TABLE troubled, MODEL %s, DESCRIPTOR(text), %s)"
                .formatted(columns, model, call));
    rows.sort((a, b) -> Integer.compare(a.getFieldAs(0), b.getFieldAs(0)));
    return rows;
  }

  private List<Row> collect(String query) throws Exception {
    return collect(env.executeSql(query));
  }

  @SuppressWarnings("try") // Closing may be interrupted, and then the test is.
  private static List<Row> collect(TableResult result) throws Exception {
    List<Row> all = new ArrayList<>();
    try (CloseableIterator<Row> rows = result.collect()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void aDeclarationThatDoesNotFitFailsWhenTheQueryIsPlanned() {
    create("wrong", MODEL, "sentiment STRING", "");
    assertThatThrownBy(
            () ->
                env.explainSql(
                    "SELECT * FROM ML_PREDICT(TABLE texts, MODEL wrong, DESCRIPTOR(text))"))
        .hasStackTraceContaining("The task text-classification offers: label STRING");
  }
}
