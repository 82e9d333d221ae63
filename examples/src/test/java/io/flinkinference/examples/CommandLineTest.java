package io.flinkinference.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void unknownNamesAreErrorsWithSuggestions() {
    assertThat(execute("dmo")).isEqualTo(2);
    assertThat(err.toString()).contains("'dmo'").contains("demo");
    assertThat(execute("demo", "--recrods", "5")).isEqualTo(2);
    assertThat(err.toString()).contains("--recrods").contains("--records");
  }

  @Test
  void valuesThatCannotBeMeantAreErrors() {
    assertWrong("--records is 2 at least", "demo", "--records", "1");
    assertWrong("not 0", "demo", "--parallelism", "0");
    assertWrong("all-minilm-l6-v2, bge-small-en-v1.5", "demo", "--model", "gpt");
    assertWrong("fp32, int8", "demo", "--precision", "fp8");
    assertWrong("no directory", "demo", "--json", "no/such/folder/x.json");
    assertWrong("There are no labels", "score", "x", "--task", "zero-shot");
    assertWrong("--labels is for", "score", "x", "--task", "embedding", "--labels", "y");
    assertWrong("no option 'top-k'", "score", "x", "--task", "embedding", "-T", "top-k=2");
    assertWrong("top-k is 0", "score", "x", "--task", "text-classification", "-T", "top-k=0");
    assertWrong("no tasks.a.task", "score", "x", "--task", "several", "-T", "tasks.a.top-k=1");
    assertWrong("there is no --field", "score", "x", "--task", "embedding", "--pair-field", "/b");
    assertWrong("JSON Pointers", "score", "x", "--task", "embedding", "--field", "body");
    assertWrong("--tab-pairs", "score", "x", "--task", "natural-language-inference");
    assertWrong("There is no task 'x'", "score", "x", "--task", "x");
    assertWrong("inference.batch.token-budget", "score", "x", "-D", "inference.bach=1");
    assertWrong(
        "inference.batch.token-budget", "score", "x", "-D", "inference.batch.token-budget=x");
  }

  @Test
  void inspectTellsWhatAModelIsAndWhetherItCanBeUsed() {
    assertThat(execute("inspect", "e5-small-v2-q")).isZero();
    assertThat(out.toString())
        .contains("family     bert")
        .contains("tasks      embedding, zero-shot, nearest")
        .contains("input      input_ids int64")
        .contains("WordPiece, 30522 tokens")
        .contains("limit      512 tokens")
        .contains("int8, opset")
        .contains("prompt     query: 'query: '")
        .contains("warning    Activations are quantised");
    assertThat(execute("inspect", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no .onnx file in");
  }

  @Test
  void inspectRunsTheModelSoThatTheExitCodeTellsTheTruth() throws Exception {
    Model sound = ModelRepositories.standard().resolve("all-minilm-l6-v2-q");
    Path graph = directory.resolve("model.onnx");
    // An operator that no engine knows: the files are whole, but nothing runs.
    String bytes = Files.readString(sound.onnxFile(), ISO_8859_1);
    Files.writeString(graph, bytes.replace("Softmax", "Softmix"), ISO_8859_1);
    Files.copy(sound.tokenizerFile(), directory.resolve("tokenizer.json"));
    Files.writeString(
        directory.resolve("config.json"),
        "{\"model_type\": \"bert\", \"vocab_size\": 30522, \"max_position_embeddings\": 512}");
    Files.createDirectory(directory.resolve("1_Pooling"));
    Files.writeString(
        directory.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
    assertThat(execute("inspect", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("problem    embedding: ").doesNotContain("try  ");
    assertThat(execute("inspect", directory.toString(), "--no-run")).isZero();
    Files.writeString(graph, bytes, ISO_8859_1);
    assertThat(execute("inspect", directory.toString())).isZero();
  }

  @Test
  void inspectWritesJson() throws Exception {
    assertThat(execute("inspect", "bge-small-zh-v1.5", "--json")).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("precision").asText()).isEqualTo("fp32");
    assertThat(report.path("inputs").path(0).path("name").asText()).isEqualTo("input_ids");
    assertThat(report.path("pooling").asText()).isEqualTo("cls");
    assertThat(execute("inspect", directory.toString(), "--json")).isEqualTo(1);
    assertThat(out.toString()).contains("\"error\"");
  }

  @Test
  void replaysThatCannotBeMeantAreErrors() throws Exception {
    assertWrong("--from", "replay", "--bootstrap-servers", "k:1");
    assertWrong("--bootstrap-servers", "replay", "--from", "dead");
    assertWrong("UNDECODABLE", "replay", "--from", "dead", "--reason", "ANGRY");
    assertWrong(
        "are none", replay("--since", "2026-06-02T00:00:00Z", "--until", "2026-06-01T00:00:00Z"));
    assertWrong("'dead', the topic of", replay("--to", "dead"));
    assertWrong("at least 1, not 0", replay("--max-replays", "0"));
    assertWrong("above 0, not 0.0", replay("--max-per-second", "0"));
    assertWrong("http://", replay("--schema-registry", "registry:8081"));
    Path config = Files.writeString(directory.resolve("client.properties"), "group.id=secret");
    assertWrong("'group.id' cannot be set", replay("--config", config.toString()));
    assertThat(err.toString()).doesNotContain("secret");
  }

  @Test
  void fileThatIsNotThereIsNamedWithThatWord() {
    Path gone = directory.resolve("gone.properties");
    assertThat(execute(replay("--config", gone.toString()))).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file " + gone + " to take --config from.");
  }

  private static String[] replay(String... more) {
    List<String> all =
        new ArrayList<>(List.of("replay", "--bootstrap-servers", "k:1", "--from", "dead"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void unknownModelIsASentenceWithoutAStackTrace() {
    assertThat(execute("score", "no-such-model")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("score: There is no model \"no-such-model\"")
        .doesNotContain("\tat ");
  }

  @Test
  void runLeavesNothingAmongTheTemporaryFiles() throws Exception {
    // Its state cannot lie in a file, so that the job ends at once.
    Path job = directory.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: reviews
        kafka:
          bootstrap-servers: 127.0.0.1:9092
        source:
          topics: [reviews]
        model: all-minilm-l6-v2
        task:
          type: embedding
        output:
          topic: scored
        dead-letters:
          topic: dead-letters
        delivery:
          guarantee: exactly-once
        checkpoints:
          directory: '%s'
        """
            .formatted(job));
    List<Path> before = temporaryFilesOfRuns();
    assertThat(execute("run", job.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(job + " is there already.");
    assertThat(temporaryFilesOfRuns()).containsExactlyInAnyOrderElementsOf(before);
  }

  private static List<Path> temporaryFilesOfRuns() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("flink-inference-run-"))
          .toList();
    }
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("(?s)flink-inference \\d+\\.\\d+\\.\\d+.*Java \\d+.*");
  }

  @Test
  void exitCodeIsZeroOnlyIfEveryRecordCameBackOnce() {
    assertThat(DemoCommand.exitCode(TestingSummaries.summary(0, 0))).isZero();
    assertThat(DemoCommand.exitCode(TestingSummaries.summary(1, 0))).isEqualTo(1);
    assertThat(DemoCommand.exitCode(TestingSummaries.summary(0, 1))).isEqualTo(1);
  }

  @Test
  void launcherOpensWhatTheBuildOpens() throws Exception {
    Pattern flag = Pattern.compile("--add-opens=[a-z./=A-Z-]+");
    List<String> build = flagsIn(Path.of("..", "pom.xml"), flag);
    List<String> launcher = flagsIn(Path.of("..", "bin", "flink-inference"), flag);
    assertThat(launcher).isNotEmpty().containsExactlyElementsOf(build);
  }

  private static List<String> flagsIn(Path file, Pattern flag) throws Exception {
    Matcher matcher = flag.matcher(Files.readString(file));
    return matcher.results().map(result -> result.group()).toList();
  }

  private void assertWrong(String words, String... arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(words);
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = FlinkInference.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }
}
