package io.flinkinference.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code score} in a process of its own: it takes standard input and output from the system, which
 * in this process are those of the build.
 */
final class ScoreCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TINY =
      "../flink-inference/src/test/resources/reference/families/bert/embedding";

  @TempDir private Path directory;

  @Test
  void labelsOfAFileAreGivenByWhatTheyDescribe() throws Exception {
    Path labels =
        Files.writeString(
            directory.resolve("labels.yaml"),
            """
            temperature: 0.05
            labels:
              weather: rain, sun and storms
              sport: football matches and athletes
            """);
    List<JsonNode> lines =
        score(
            0,
            "It rained all day.\nThe striker scored twice.\n",
            "all-minilm-l6-v2-q",
            "--labels",
            labels.toString());
    assertThat(lines)
        .extracting(line -> line.path("label").asText())
        .containsExactly("weather", "sport");
    assertThat(lines.get(1).path("scores").fieldNames())
        .toIterable()
        .containsExactly("sport", "weather");
  }

  @Test
  void blankFieldIsScoredAsAnEmptyLineIs() throws Exception {
    String json = "{\"body\": \"A good day.\"}\n{\"body\": \"\"}\n";
    List<JsonNode> fields = score(0, json, TINY, "--field", "/body");
    assertThat(fields).hasSize(2).isEqualTo(score(0, "A good day.\n\n", TINY));
    assertThat(fields.get(1).path("embedding")).hasSize(32);
  }

  @Test
  void lineWithoutATextIsNamedAndTheExitCodeTellsOfIt() throws Exception {
    String json = "{\"body\": \" \"}\n{\"body\": \"A good day.\"}\n{\"title\": \"x\"}\n";
    List<JsonNode> lines =
        score(1, json, TINY, "--field", "/body", "-D", "inference.text.blank=DEAD_LETTER");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("line").asInt()).isEqualTo(1);
    assertThat(lines.get(0).at("/error/reason").asText()).isEqualTo("BLANK_TEXT");
    assertThat(lines.get(1).path("embedding")).hasSize(32);
    assertThat(lines.get(2).path("line").asInt()).isEqualTo(3);
    assertThat(lines.get(2).at("/error/reason").asText()).isEqualTo("NULL_TEXT");
  }

  /** The lines that it writes. */
  private List<JsonNode> score(int exitCode, String lines, String... arguments) throws Exception {
    Path in = Files.writeString(directory.resolve("in"), lines);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      assertThat(ended).as("it ended; it said: %s", Files.readString(err)).isTrue();
      assertThat(process.exitValue()).as("%s", Files.readString(err)).isEqualTo(exitCode);
    } finally {
      process.destroyForcibly();
    }
    List<JsonNode> written = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      written.add(JSON.readTree(line));
    }
    return written;
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FlinkInference.class.getName(), "score"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-D", "inference.batch.warm-up=false"));
    return command;
  }
}
