package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are allowed, and not what most people write. */
class OddValuesTest {

  private static final Set<String> NAMES =
      Set.of("name", "namespace", "serviceAccount", "serviceAccountName", "replacement", "image");

  @TempDir Path directory;

  private JsonNode deployment(String over) throws Exception {
    Path values = directory.resolve("values.yaml");
    return Documents.one(Documents.with(values, "cpu", over), "FlinkDeployment", "");
  }

  /** Helm reads numbers as floats. */
  @Test
  void largeNumbersStayNumbers() throws Exception {
    JsonNode deployment =
        deployment(
            """
            run:
              restartNonce: 1764365000
              initialSavepoint: s3://scoring/savepoints/a
              savepointRedeployNonce: 20261130
            flink: {pekko.framesize: 10485760, some.share: 0.25, some.switch: true, some.text: "1e3"}
            """);
    JsonNode options = deployment.at("/spec/flinkConfiguration");
    assertThat(options.get("pekko.framesize").asText()).isEqualTo("10485760");
    assertThat(options.get("some.share").asText()).isEqualTo("0.25");
    assertThat(options.get("some.switch").asText()).isEqualTo("true");
    assertThat(options.get("some.text").asText()).isEqualTo("1e3");
    assertThat(deployment.at("/spec/restartNonce").isIntegralNumber()).isTrue();
    assertThat(deployment.at("/spec/restartNonce").asLong()).isEqualTo(1_764_365_000L);
    JsonNode redeploy = deployment.at("/spec/job/savepointRedeployNonce");
    assertThat(redeploy.isIntegralNumber()).isTrue();
    assertThat(redeploy.asLong()).isEqualTo(20_261_130L);
  }

  /** YAML would read 123 as a number, and Kubernetes wants a text. */
  @Test
  void namesThatLookLikeNumbersStayTexts() throws Exception {
    JsonNode pod =
        deployment(
                """
                image: {pullSecrets: ["1"]}
                pod: {priorityClass: "2"}
                checkpoints: {pvc: {claim: "3"}}
                secrets:
                  env: [{name: A, secret: "4", key: "5"}]
                  files: [{secret: "6", path: /etc/a}]
                """)
            .at("/spec/podTemplate/spec");
    assertThat(pod.at("/imagePullSecrets/0/name").isTextual()).isTrue();
    assertThat(pod.get("priorityClassName").isTextual()).isTrue();
    JsonNode key = pod.findValue("secretKeyRef");
    assertThat(key.get("name").isTextual()).isTrue();
    assertThat(key.get("key").isTextual()).isTrue();
    assertThat(pod.findValue("claimName").isTextual()).isTrue();
    assertThat(pod.findValue("secretName").isTextual()).isTrue();
  }

  /** Kubernetes takes them, and YAML would read a number, a boolean or nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "null", "e5"})
  void namesThatYamlWouldReadInAnotherWayStayTexts(String name) throws Exception {
    for (String way : List.of("production", "pools")) {
      Path values = directory.resolve("values.yaml");
      Files.writeString(values, Files.readString(Chart.values(way)));
      Values.merge(
          values,
          Documents.YAML.readTree(
              """
              nameOverride: "%s"
              serviceAccount: {name: "123"}
              networkPolicy: {enabled: true, operatorNamespace: "1", monitoringNamespace: "null"}
              run: {initialSavepoint: "12"}
              monitoring:
                podMonitor: {enabled: true}
                prometheusRule: {enabled: true}
                dashboard: {enabled: true}
              """
                  .formatted(name)));
      List<JsonNode> documents = Documents.of(Chart.renderIn("42", values));
      documents.forEach(document -> assertTexts(document, ""));
      JsonNode deployment = Documents.one(documents, "FlinkDeployment", "");
      assertThat(deployment.at("/metadata/name").asText()).isEqualTo(name);
      assertThat(deployment.at("/metadata/namespace").asText()).isEqualTo("42");
      assertThat(deployment.at("/spec/job/initialSavepointPath").isTextual()).isTrue();
      JsonNode rule = Documents.one(documents, "PrometheusRule", "").at("/spec/groups/0/rules/0");
      assertThat(rule.at("/labels/scoring").isTextual()).isTrue();
      assertThat(rule.at("/labels/namespace").isTextual()).isTrue();
    }
  }

  /** Every name, and every label and annotation. */
  private static void assertTexts(JsonNode node, String path) {
    node.properties()
        .forEach(
            field -> {
              String below = path + "/" + field.getKey();
              boolean name = NAMES.contains(field.getKey());
              boolean label = path.matches(".*/(labels|matchLabels|annotations)");
              if (name || label) {
                assertThat(field.getValue().isTextual()).as(below).isTrue();
              }
              assertTexts(field.getValue(), below);
            });
    if (node.isArray()) {
      node.forEach(one -> assertTexts(one, path));
    }
  }

  /** A secret's name may have dots, and may come twice; that of a volume may not. */
  @Test
  void secretsOfAnyNameAreMounted() throws Exception {
    JsonNode pod =
        PodTemplates.ofTaskManager(
                deployment(
                    """
                    secrets:
                      files:
                        - {secret: kafka.user.tls, path: /etc/a}
                        - {secret: kafka.user.tls, path: /etc/b}
                    """))
            .get("spec");
    assertThat(pod.get("volumes"))
        .extracting(volume -> volume.get("name").asText())
        .contains("secret-0", "secret-1")
        .allMatch(name -> name.matches("[a-z0-9-]{1,63}"))
        .doesNotHaveDuplicates();
    assertThat(pod.at("/volumes"))
        .extracting(volume -> volume.at("/secret/secretName").asText())
        .contains("kafka.user.tls");
    assertThat(pod.at("/containers/0/volumeMounts"))
        .extracting(mount -> List.of(mount.get("name").asText(), mount.get("mountPath").asText()))
        .contains(List.of("secret-0", "/etc/a"), List.of("secret-1", "/etc/b"));
  }

  @Test
  void imageMayBeNamedByItsDigest() throws Exception {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);
    assertThat(
            deployment("image: {repository: 'registry:5000/scoring', digest: '" + digest + "'}")
                .at("/spec/image")
                .asText())
        .isEqualTo("registry:5000/scoring@" + digest);
    Path values = directory.resolve("values.yaml");
    Files.writeString(values, Files.readString(Chart.values("cpu")));
    Values.merge(
        values, Documents.YAML.readTree("image: {repository: 'registry/scoring@" + digest + "'}"));
    assertThat(Chart.answer(values)).contains("don't meet the specifications");
  }

  /** Only a tag or a digest of its own says that an image is not that of the Dockerfile. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "job: {inference: {device: tensorrt}}",
        "checkpoints: {directory: 'gs://scoring/checkpoints'}"
      })
  void imageOfOnesOwnMayHaveMore(String over) throws Exception {
    Path values = directory.resolve("values.yaml");
    assertThat(Documents.with(values, "mig", "{image: {tag: mine}, " + over + "}")).isNotEmpty();
  }
}
