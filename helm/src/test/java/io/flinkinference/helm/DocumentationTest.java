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
    Matcher block =
        Pattern.compile("with this `values.yaml`:\n\n```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).isTrue();
    Path values = Files.writeString(directory.resolve("values.yaml"), block.group(1));
    assertThat(Chart.answer(values))
        .contains("kind: FlinkDeployment")
        .as("exactly-once holds when the JobManager restarts too")
        .contains("high-availability.type: kubernetes");
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
