package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.examples.file.Placeholders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files that docs/job.md shows are right, as somebody would write them from there. */
class JobDocsTest {

  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  private static List<String> examples() throws Exception {
    return YAML.matcher(Files.readString(Path.of("..", "docs", "job.md")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String explained(String file) {
    Placeholders placeholders = new Placeholders(Map.of("REGISTRY_PASSWORD", "hunter2")::get);
    return Explanation.of(JobFile.read("job.yaml", file, placeholders));
  }

  @Test
  void wholeJobIsRight() throws Exception {
    assertThat(explained(examples().get(0))).contains("2 x Source: reviews");
  }

  @Test
  void partsFitIntoASmallJob() throws Exception {
    List<String> parts = examples().subList(1, examples().size());
    assertThat(parts).isNotEmpty();
    for (String part : parts) {
      String file = JobFiles.SMALLEST;
      for (String section : part.split("\n\n", -1)) {
        file = withSection(file, section.strip() + "\n");
      }
      assertThat(explained(file)).contains("Operators").doesNotContain("hunter2");
    }
  }

  /** Puts a section in place of the one of the same name, or at the end. */
  private static String withSection(String file, String section) {
    String name = section.substring(0, section.indexOf(':') + 1);
    String without = file.replaceFirst("(?m)^" + Pattern.quote(name) + ".*\\n(  .*\\n)*", "");
    return without + section;
  }
}
