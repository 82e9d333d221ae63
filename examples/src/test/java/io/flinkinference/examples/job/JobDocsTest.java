package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.examples.file.Placeholders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files that the documentation shows are right, as somebody would write them from there. */
class JobDocsTest {

  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  private static List<String> examples(String page) throws Exception {
    return YAML.matcher(Files.readString(Path.of("..", page)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String explained(String file) {
    Placeholders placeholders = new Placeholders(name -> "hunter2");
    return Explanation.of(JobFile.read("job.yaml", file, placeholders));
  }

  @Test
  void wholeJobsAreRight() throws Exception {
    assertThat(explained(examples("docs/job.md").get(0))).contains("2 x Source: reviews");
    assertThat(explained(examples("README.md").get(0))).contains("Source: reviews");
  }

  @Test
  void partsFitIntoASmallJob() throws Exception {
    List<String> parts = new ArrayList<>(examples("docs/job.md"));
    parts.remove(0);
    parts.addAll(examples("docs/kafka.md"));
    parts.addAll(examples("docs/gpu.md"));
    assertThat(parts).hasSizeGreaterThan(1);
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
