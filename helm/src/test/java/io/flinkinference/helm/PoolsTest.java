package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GPU TaskManagers, which no operator makes, have to be told. */
class PoolsTest {

  private static final Pattern FLAGS =
      Pattern.compile("<flink\\.jvm\\.flags>([^<]+)</flink\\.jvm\\.flags>");

  @TempDir Path directory;
  private Path values;

  @BeforeEach
  void name() {
    values = directory.resolve("values.yaml");
  }

  /**
   * The operator takes replicas times slots for the parallelism, here 6, and not what it is told.
   */
  @Test
  void parallelismStandsInTheJob() throws Exception {
    List<JsonNode> documents =
        Documents.with(
            values, "pools", "{run: {parallelism: 3}, taskManager: {replicas: 2, slots: 3}}");
    JsonNode deployment = Documents.one(documents, "FlinkDeployment", "");
    assertThat(deployment.at("/spec/taskManager/replicas").asInt()).isEqualTo(2);
    JsonNode job =
        Documents.YAML.readTree(
            Documents.one(documents, "ConfigMap", "-job").at("/data/job.yaml").asText());
    assertThat(job.get("parallelism").asInt()).isEqualTo(3);
  }

  @Test
  void bothKindsOfTaskManagersAreKeptFromBeingEvictedAtOnce() throws Exception {
    List<JsonNode> documents =
        Documents.with(
            values,
            "pools",
            "{podDisruptionBudget: {enabled: true}, taskManager: {replicas: 3}, gpu: {pool: {replicas: 2}}}");
    JsonNode gpus = Documents.one(documents, "PodDisruptionBudget", "");
    JsonNode cpus = Documents.one(documents, "PodDisruptionBudget", "-cpu");
    String component = "/spec/selector/matchLabels/app.kubernetes.io~1component";
    assertThat(gpus.at(component).asText()).isEqualTo("gpu-taskmanager");
    assertThat(cpus.at(component).asText()).isEqualTo("taskmanager");
  }

  /** Flink's own conf/config.yaml, whose place the chart's takes, opens them on Java 17. */
  @Test
  void gpuTaskManagersOpenTheModulesThatTestsOpen() throws Exception {
    String options =
        configuration(Documents.of(Chart.render("pools")))
            .get("env.java.default-opts.all")
            .asText();
    Matcher flags = FLAGS.matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(flags.find()).isTrue();
    assertThat(options.split(" ")).contains(flags.group(1).split(" "));
  }

  @Test
  void gpuTaskManagersAskTheJobManagerThatTheOperatorMakes() throws Exception {
    List<JsonNode> documents = Documents.of(Chart.render("pools"));
    assertThat(configuration(documents).get("jobmanager.rpc.address").asText())
        .isEqualTo("scores.streams");
    assertThat(token(documents)).isFalse();
  }

  @Test
  void withHighAvailabilityTheyAskKubernetesWhoLeads() throws Exception {
    List<JsonNode> documents =
        Documents.with(
            values,
            "pools",
            "{operator: {version: '1.16'}, highAvailability: {enabled: true, directory: 's3://a/ha'}}");
    JsonNode configuration = configuration(documents);
    assertThat(configuration.get("high-availability.type").asText()).isEqualTo("kubernetes");
    // As the operator calls them.
    assertThat(configuration.get("kubernetes.namespace").asText()).isEqualTo("streams");
    assertThat(configuration.get("kubernetes.cluster-id").asText()).isEqualTo("scores");
    assertThat(configuration.get("high-availability.cluster-id").asText()).isEqualTo("scores");
    assertThat(configuration.has("jobmanager.rpc.address")).isFalse();
    assertThat(token(documents)).isTrue();
    JsonNode rule = Documents.one(documents, "Role", "").at("/rules/0");
    assertThat(rule.get("resources")).extracting(JsonNode::asText).containsExactly("configmaps");
    assertThat(rule.get("verbs")).extracting(JsonNode::asText).contains("get", "list", "watch");
  }

  @Test
  void whatIsAddedToTheTaskManagersMayHaveTheToken() throws Exception {
    String over = "serviceAccount: {tokenInTaskManagers: true}";
    List<JsonNode> documents = Documents.with(values, "pools", over);
    assertThat(token(documents)).isTrue();
    assertThat(
            PodTemplates.ofTaskManager(Documents.one(documents, "FlinkDeployment", ""))
                .at("/spec/automountServiceAccountToken")
                .isMissingNode())
        .isTrue();
  }

  /** Without these pods the job waits until the model is loaded again. */
  @Test
  void optionsOfTheOperatorDoNotRestartThem() throws Exception {
    String before = checksum("{}");
    assertThat(
            checksum(
                """
                checkpoints: {savepointInterval: 24 h}
                flink: {kubernetes.operator.job.savepoint-on-deletion: "true"}
                """))
        .isEqualTo(before);
    assertThat(checksum("flink: {state.backend.type: rocksdb}")).isNotEqualTo(before);
  }

  /** A change of the file does not restart them. */
  @Test
  void gpuTaskManagersLookWhetherTheirLogConfigurationChanged() throws Exception {
    JsonNode map = Documents.one("pools", "ConfigMap", "-gpu");
    assertThat(map.at("/data/log4j-console.properties").asText())
        .containsPattern("(?m)^monitorInterval = [1-9]");
  }

  @Test
  void gpuTaskManagersGoToNodesThatCanRunTheirImage() throws Exception {
    assertThat(
            Documents.one("pools", "Deployment", "-gpu")
                .at("/spec/template/spec/nodeSelector/kubernetes.io~1arch")
                .asText())
        .isEqualTo("amd64");
  }

  @Test
  void gpuTaskManagersHaveWhatIsAddedToPods() throws Exception {
    JsonNode pod = Documents.one("pools", "Deployment", "-gpu").at("/spec/template/spec");
    assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isEqualTo(60);
    assertThat(pod.get("topologySpreadConstraints")).hasSize(1);
  }

  private String checksum(String over) throws Exception {
    return Documents.one(Documents.with(values, "pools", over), "Deployment", "-gpu")
        .at("/spec/template/metadata/annotations")
        .get("checksum/flink")
        .asText();
  }

  private static JsonNode configuration(List<JsonNode> documents) throws Exception {
    JsonNode map = Documents.one(documents, "ConfigMap", "-gpu");
    return Documents.YAML.readTree(map.at("/data/config.yaml").asText());
  }

  private static boolean token(List<JsonNode> documents) {
    return Documents.one(documents, "Deployment", "-gpu")
        .at("/spec/template/spec/automountServiceAccountToken")
        .asBoolean();
  }
}
