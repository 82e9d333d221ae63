package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.tools.graph.Families;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class EvaluateCommandTest {

  /** It has the labels 0 to 2, and says 0 of all texts below. */
  private static final String MODEL = Families.of("bert", "single-label").toString();

  private static final String MIXED =
      """
      text,label
      a,label 0
      Resumption of the session,label 0
      a,label 1
      a report,label 9
      " ",label 0
      """;

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void figuresAndAllBadLinesAreOneJsonObject() throws IOException {
    assertThat(evaluate(MIXED, "--json")).as("%s", err).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.path("model").asText()).isEqualTo(MODEL);
    JsonNode figures = result.path("evaluation");
    assertThat(figures.path("rows").asInt()).isEqualTo(3);
    assertThat(figures.path("accuracy").asDouble()).isEqualTo(2 / 3.0);
    assertThat(figures.path("labels")).hasSize(3);
    assertThat(figures.at("/worst/0/line").asInt()).isEqualTo(4);
    assertThat(result.path("bad"))
        .extracting(row -> row.path("line").asInt() + ": " + row.path("why").asText())
        .containsExactly("5: The model has no label 'label 9'.", "6: The text is blank.");
  }

  @Test
  void figuresAreWordsOtherwiseAndBadLinesStandApart() throws IOException {
    assertThat(evaluate(MIXED)).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("accuracy           66.7 %", "of 3 rows", "line 4: label 1, taken for label 0");
    assertThat(err.toString())
        .contains("2 rows could not be used:", "  line 5: The model has no label 'label 9'.");
  }

  @Test
  void labelsThatTheModelDoesNotKnowAreToldBesideThoseThatItKnows() throws IOException {
    assertThat(evaluate("text,label\na,good\nb,bad\n", "--json")).isEqualTo(1);
    assertThat(err.toString()).contains("line 2: The model has no label 'good'.");
    assertThat(new ObjectMapper().readTree(out.toString()).path("error").asText())
        .contains("data.csv has no row that " + MODEL + " can be asked about")
        .contains("its labels are [label 0, label 1, label 2].");
  }

  @Test
  void fileThatIsNotThereIsToldAsSuch() throws IOException {
    Path missing = directory.resolve("missing.csv");
    assertThat(evaluate(missing, "--json")).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out.toString()).path("error").asText())
        .isEqualTo("There is no file or directory " + missing + ".");
  }

  private int evaluate(String rows, String... arguments) throws IOException {
    return evaluate(Files.writeString(directory.resolve("data.csv"), rows), arguments);
  }

  private int evaluate(Path data, String... arguments) {
    List<String> all = new ArrayList<>(List.of(MODEL, "--data", data.toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
