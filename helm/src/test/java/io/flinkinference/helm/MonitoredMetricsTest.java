package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.metrics.MetricNames;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts ask for metrics that there are. */
class MonitoredMetricsTest {

  private static final Pattern METRIC =
      Pattern.compile("\\bflink_(?:[a-z]+_)+([a-z]+[A-Za-z]*)(?:_count)?\\b");
  private static final Pattern LISTED = Pattern.compile("`([a-z][A-Za-z]+)`");

  /** Of Flink's JobManager and sinks, about which docs/metrics.md has nothing to say. */
  private static final Set<String> OF_FLINK =
      Set.of(
          "uptime", "numRestarts", "numberOfCompletedCheckpoints", MetricNames.FAILED_COMMITTABLES);

  @Test
  void dashboardNamesOnlyListedMetrics() throws Exception {
    JsonNode map = Documents.one("production", "ConfigMap", "-dashboard");
    String text = map.at("/data/reviews.json").asText();
    JsonNode dashboard = Documents.YAML.readTree(text);
    Set<String> named = new TreeSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.get("targets")).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        String query = target.get("expr").asText();
        named.addAll(metrics(query));
        assertThat(query.replace("{scoring=\"$scoring\", namespace=\"$namespace\"", ""))
            .as("of this job only: %s", query)
            .doesNotContain("{");
      }
    }
    assertThat(named).hasSizeGreaterThan(12).isSubsetOf(listed());
    assertThat(text).doesNotContain("SCORING_");
    assertThat(dashboard.get("uid").asText()).matches("[a-z0-9-]{1,40}");
  }

  @Test
  void alertsNameOnlyListedMetricsAndThoseOfFlink() throws Exception {
    Set<String> named = metrics(Files.readString(Chart.FOLDER.resolve("files/alerts.yaml")));
    named.removeAll(OF_FLINK);
    assertThat(named).hasSizeGreaterThan(4).isSubsetOf(listed());
  }

  private static Set<String> metrics(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Set<String> listed() throws Exception {
    Set<String> names = new TreeSet<>();
    Matcher matcher = LISTED.matcher(Files.readString(Path.of("..", "docs", "metrics.md")));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
