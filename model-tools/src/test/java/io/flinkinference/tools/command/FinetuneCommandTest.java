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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class FinetuneCommandTest {

  private static final String ENCODER = Families.of("bert", "embedding").toString();

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--epochs=3, --epochs has no effect with --layers 0",
    "--layers=0 --rate=0.01, --rate has no effect with --layers 0",
    "--layers=1 --rate=2, The rate is 2.0",
    "--layers=some, '--layers is a number or all, not ''some''.'",
    "--validation=0.6 --test=0.4, Validation 0.6 and test 0.4 are shares",
    "--few-shot=-1, Few-shot is a number of rows",
    "--few-shot=4 --test=0.2, --test has no effect with --few-shot",
    "--text=1, The columns '1' and 'label' are a name and a number",
    "--separator=;, '--separator has no effect with a single label, without --multi-label'",
  })
  void optionsThatContradictAreToldBeforeAFileIsRead(String options, String words) {
    Path missing = directory.resolve("missing.csv");
    assertThat(finetune(missing, options.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(words).contains("Usage:");
    assertThat(model()).doesNotExist();
  }

  @Test
  void modelIsWrittenAndBadRowsAreTold() throws IOException {
    assertThat(finetune(rows())).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("model              " + model())
        .contains("learned from       32 rows, 2 labels", "accuracy");
    assertThat(err.toString())
        .contains("1 row could not be used:", "  line 42: The text is blank.");
    assertThat(model().resolve("finetune.json")).exists();

    assertThat(
            new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(out))
                .execute(model().toString(), "--data=" + rows()))
        .as("the model that was written answers")
        .isZero();
  }

  @Test
  void jsonTellsOfLayersThatWereTaught() throws IOException {
    assertThat(finetune(rows(), "--layers=1", "--epochs=1", "--json")).as("%s", err).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.at("/encoder/layers").asInt()).isEqualTo(1);
    assertThat(result.at("/encoder/steps").asInt()).isPositive();
    assertThat(result.at("/test/rows").asInt()).isEqualTo(4);
    assertThat(result.at("/bad/0/line").asInt()).isEqualTo(42);
  }

  @Test
  void failureLeavesNothingBehind() throws IOException {
    Path one = Files.writeString(directory.resolve("one.csv"), "text,label\na,x\nb,x\n");
    assertThat(finetune(one)).isEqualTo(1);
    assertThat(err.toString()).contains("The data have the labels [x]; at least 2 are needed.");
    assertThat(finetune(one, "--json")).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out.toString()).path("error").asText())
        .isEqualTo("The data have the labels [x]; at least 2 are needed.");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(one);
    }
  }

  @Test
  void badRowsAreToldAlsoWhereTheOthersDoNotServe() throws IOException {
    Path rows = Files.writeString(directory.resolve("one.csv"), "text,label\na,x\nb\nc,x\n");
    assertThat(finetune(rows)).isEqualTo(1);
    assertThat(err.toString())
        .contains("  line 3: It has 1 cells, too few for text and label.")
        .contains("The data have the labels [x]");
  }

  /** Forty rows of two labels, and one that is none, in the last line. */
  private Path rows() throws IOException {
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 20; i++) {
      rows.append("My bank sent me card ").append(i).append(",bank\n");
      rows.append("It will rain at ").append(i).append(",weather\n");
    }
    return Files.writeString(directory.resolve("rows.csv"), rows.append(" ,bank\n"));
  }

  private Path model() {
    return directory.resolve("model");
  }

  private int finetune(Path train, String... arguments) {
    List<String> all = new ArrayList<>(List.of(ENCODER, "--train=" + train, "--out=" + model()));
    all.addAll(List.of(arguments));
    return new CommandLine(new FinetuneCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
