package io.flinkinference.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

  @TempDir Path directory;

  /** When each fires and when none does is told in alerts-test.yaml. */
  @Test
  void alertsFireWhenTheyShould() throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(
        promtool.isPresent(),
        "There is no promtool; put that of Prometheus on the PATH, or set -Dpromtool.");
    Files.copy(Chart.FOLDER.resolve("files/alerts.yaml"), directory.resolve("alerts.yaml"));
    Path test = directory.resolve("alerts-test.yaml");
    Files.copy(Path.of("src/test/resources/alerts-test.yaml"), test);

    Process process =
        new ProcessBuilder(promtool.get().toString(), "test", "rules", test.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  @Test
  void alertsAreOfTheirJobOnly() throws Exception {
    JsonNode rule = Documents.one("production", "PrometheusRule", "reviews");
    JsonNode alerts = rule.at("/spec/groups/0/rules");
    assertThat(alerts).isNotEmpty();
    for (JsonNode alert : alerts) {
      String expression = alert.get("expr").asText();
      assertThat(expression).contains("scoring=\"reviews\", namespace=\"streams\"");
      assertThat(expression).doesNotContain("SCORING_");
      assertThat(alert.at("/annotations/action").asText()).isNotBlank();
      assertThat(alert.at("/labels/severity").asText()).isIn("info", "warning", "critical");
    }
  }

  /** A budget alone makes the mode FIXED, which measures nothing any more. */
  @Test
  void adviceOnMemoryIsThatOfThePages() throws Exception {
    JsonNode rules =
        Documents.one("production", "PrometheusRule", "reviews").at("/spec/groups/0/rules");
    for (JsonNode rule : rules) {
      if (rule.get("alert").asText().equals("ScoringOutOfMemory")) {
        assertThat(rule.at("/annotations/action").asText())
            .contains("inference.text.max-tokens", "inference.batch.mode MEASURED");
        return;
      }
    }
    throw new AssertionError("There is no alert ScoringOutOfMemory.");
  }

  /** Else each upgrade in two steps would wake somebody. */
  @Test
  void suspendedJobIsNotAlertedOn() throws Exception {
    assertThat(with("run: {state: suspended}"))
        .extracting(document -> document.get("kind").asText())
        .contains("PodMonitor")
        .doesNotContain("PrometheusRule");
  }

  @Test
  void boundedJobMayEnd() throws Exception {
    assertThat(alertsOf(with("job: {source: {bounded: true}}")))
        .contains("ScoringCheckpointsFail")
        .doesNotContain("ScoringJobIsDown");
    assertThat(alertsOf(with("job: {source: {bounded: false}}"))).contains("ScoringJobIsDown");
  }

  private List<JsonNode> with(String over) throws Exception {
    return Documents.with(directory.resolve("values.yaml"), "production", over);
  }

  private static List<String> alertsOf(List<JsonNode> documents) {
    List<String> names = new ArrayList<>();
    Documents.one(documents, "PrometheusRule", "")
        .at("/spec/groups/0/rules")
        .forEach(rule -> names.add(rule.get("alert").asText()));
    return names;
  }

  private static Optional<Path> promtool() {
    String given = System.getProperty("promtool");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
