package io.flinkinference.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.benchmarks.measure.Benchmark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class BenchCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsEachBenchmarkWithItsDescription() {
    assertThat(run("--help")).isZero();
    String help = out.toString().replaceAll("\\s+", " ");
    for (Benchmark benchmark : Benchmarks.all()) {
      assertThat(help).contains(" " + benchmark.name() + " " + benchmark.description());
    }
  }

  @Test
  void eachBenchmarkHasANameOfItsOwn() {
    List<String> names = Benchmarks.all().stream().map(Benchmark::name).toList();
    assertThat(names).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void anUnknownBenchmarkIsToldWithThoseThatThereAre() {
    assertThat(run("speed")).isEqualTo(2);
    assertThat(err.toString()).contains("'speed'").contains("limit").contains("pipeline");
  }

  @Test
  void jsonTakesOneBenchmarkOnly() {
    assertThat(run("limit", "operator", "--json", "figures.json")).isEqualTo(2);
    assertThat(err.toString()).contains("--json");
  }

  @Test
  void formOfTheProjectsOwnIsRefusedWhereItDoesNothing() {
    assertThat(run("peers", "scale", "--fuse")).isEqualTo(2);
    assertThat(err.toString()).contains("do nothing in scale");
    assertThat(run("limit", "--own-model", "all-minilm-l6-v2-q")).isEqualTo(2);
    assertThat(err.toString()).contains("do nothing in limit");
  }

  @Test
  void modelAndTextsAreRefusedWhereABenchmarkHasItsOwn() {
    assertThat(run("infinity", "--texts", "texts.txt")).isEqualTo(2);
    assertThat(err.toString()).contains("--texts does nothing in infinity");
    assertThat(run("limit", "infinity", "--model", "bge-small-en-v1.5")).isEqualTo(2);
    assertThat(err.toString()).contains("--model does nothing in infinity");
  }

  @Test
  void filesAreCheckedBeforeAnythingIsMeasured() {
    assertThat(run("limit", "--texts", "no-such-file.txt")).isEqualTo(2);
    assertThat(run("limit", "--html", "no-such-directory/page.html")).isEqualTo(2);
    assertThat(run("limit", "--rounds", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no-such-file.txt")
        .contains("no-such-directory")
        .contains("--rounds");
  }

  @Test
  void placeOfThePageIsCheckedBeforeAnythingIsMeasured(@TempDir Path directory) {
    assertThat(run("limit", "--html", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--html " + directory + " is a directory.");
  }

  @Test
  void fileOfTheFiguresSaysWhyThereAreNone(@TempDir Path directory) throws Exception {
    Path figures = Files.writeString(directory.resolve("figures.json"), "{\"ratioToLimit\" : 1}");

    assertThat(run("limit", "--model", "no-such-model", "--json", figures.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("There is no model \"no-such-model\".");
    assertThat(new ObjectMapper().readTree(figures.toFile()).properties())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.getKey()).isEqualTo("error");
              assertThat(error.getValue().asText()).contains("no model \"no-such-model\"");
            });
    assertThat(directory.toFile().list()).containsExactly("figures.json");
  }

  private int run(String... arguments) {
    CommandLine command = BenchCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
