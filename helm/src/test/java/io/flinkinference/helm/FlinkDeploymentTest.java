package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkDeploymentTest {

  private static final String ARCHITECTURE = "/spec/nodeSelector/kubernetes.io~1arch";

  @TempDir Path directory;

  static Stream<Arguments> waysAndOperators() {
    return Chart.ways().stream()
        .flatMap(
            way -> Stream.of("1.15.0", "main").map(version -> Arguments.arguments(way, version)));
  }

  @ParameterizedTest
  @MethodSource("waysAndOperators")
  void operatorKnowsEveryKey(String way, String version) throws Exception {
    Optional<JsonSchema> schema = CustomResourceDefinition.ofOperator(version);
    assumeTrue(
        schema.isPresent(),
        "The operator's definitions are not here; set -Dkubernetes.definitions to their folder.");
    JsonNode deployment = Documents.one(way, "FlinkDeployment", "");
    boolean forNewer = deployment.at("/spec/flinkVersion").asText().equals("v2_3");
    assumeTrue(!(forNewer && version.equals("1.15.0")), way + " is for operator 1.16.");

    assertThat(schema.get().validate(deployment)).isEmpty();
  }

  /** By that of the operator, which passes over a savepoint alone once the job is there. */
  @ParameterizedTest
  @ValueSource(strings = {"1.15.0", "main"})
  void jobThatIsThereCanGoBackToASavepoint(String version) throws Exception {
    String over = "run: {initialSavepoint: 's3://scoring/savepoints/a', savepointRedeployNonce: 1}";
    JsonNode deployment =
        Documents.one(
            Documents.with(directory.resolve("values.yaml"), "cpu", over), "FlinkDeployment", "");
    assertThat(deployment.at("/spec/job/initialSavepointPath").asText()).endsWith("/a");
    assertThat(deployment.at("/spec/job/savepointRedeployNonce").asInt()).isEqualTo(1);
    CustomResourceDefinition.ofOperator(version)
        .ifPresent(schema -> assertThat(schema.validate(deployment)).isEmpty());
  }

  /** There is no GPU build of ONNX Runtime for others. */
  @Test
  void podsWithTheGpuImageGoToNodesThatCanRunIt() throws Exception {
    JsonNode deployment = Documents.one("mig", "FlinkDeployment", "");
    JsonNode taskManager = PodTemplates.ofTaskManager(deployment);
    assertThat(taskManager.at(ARCHITECTURE).asText()).isEqualTo("amd64");
    assertThat(taskManager.at("/spec/nodeSelector").has("nvidia.com/gpu.product")).isTrue();
    assertThat(PodTemplates.ofJobManager(deployment).at(ARCHITECTURE).asText()).isEqualTo("amd64");

    JsonNode withoutGpus = Documents.one("cpu", "FlinkDeployment", "");
    assertThat(PodTemplates.ofTaskManager(withoutGpus).at(ARCHITECTURE).isMissingNode()).isTrue();
  }

  @Test
  void imageOfOnesOwnMayRunOnOtherNodes() throws Exception {
    String over = "gpu: {nodeSelector: {kubernetes.io/arch: arm64}}";
    JsonNode deployment =
        Documents.one(
            Documents.with(directory.resolve("values.yaml"), "mig", over), "FlinkDeployment", "");
    assertThat(PodTemplates.ofTaskManager(deployment).at(ARCHITECTURE).asText()).isEqualTo("arm64");
  }
}
