package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/kubernetes.md says what is so. */
class DocumentationTest {

  private static String page;

  @TempDir Path directory;

  @BeforeAll
  static void read() throws Exception {
    page = Files.readString(Path.of("..", "docs", "kubernetes.md"));
  }

  @Test
  void valuesOfTheFirstExampleRender() throws Exception {
    assertThat(answer(yamlBehind("with this `values.yaml`:")))
        .contains("kind: FlinkDeployment")
        .as("exactly-once holds when the JobManager restarts too")
        .contains("high-availability.type: kubernetes")
        .as("the image that the page builds, without --set, which the next upgrade forgets")
        .contains("image: \"registry.example.com/you/flink-inference:0.1.0-SNAPSHOT-cpu\"");
    assertThat(page).doesNotContain("--set image");
  }

  @Test
  void valuesForGpusRenderWithThoseOfTheFirstExample() throws Exception {
    JsonNode values = Documents.YAML.readTree(yamlBehind("with this `values.yaml`:"));
    String added = yamlBehind("and add to `values.yaml`:");
    JsonNode both = Documents.YAML.readerForUpdating(values).readValue(added);
    assertThat(answer(both.toString()))
        .contains("image: \"registry.example.com/you/flink-inference:0.1.0-SNAPSHOT-gpu\"")
        .contains("device: cuda");
  }

  private static String yamlBehind(String words) {
    String block = Pattern.quote(words) + "\n\n```yaml\n(.*?)```";
    Matcher matcher = Pattern.compile(block, Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).as(words).isTrue();
    return matcher.group(1);
  }

  private String answer(String values) throws Exception {
    return Chart.answer(Files.writeString(directory.resolve("values.yaml"), values));
  }

  @Test
  void everyAlertIsExplained() throws Exception {
    JsonNode alerts =
        Documents.YAML.readTree(Files.readString(Chart.FOLDER.resolve("files/alerts.yaml")));
    List<String> names = new ArrayList<>();
    alerts.at("/groups/0/rules").forEach(rule -> names.add(rule.get("alert").asText()));
    List<String> explained = new ArrayList<>();
    Matcher row = Pattern.compile("\n\\| (Scoring\\w+) \\|").matcher(page);
    while (row.find()) {
      explained.add(row.group(1));
    }
    assertThat(explained).isEqualTo(names);
  }

  @Test
  void tenCommandsAreEnough() {
    Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(block.find()).isTrue();
    assertThat(block.group(1).replace("\\\n", "").lines().filter(line -> !line.isBlank()))
        .hasSizeLessThanOrEqualTo(10);
  }
}
