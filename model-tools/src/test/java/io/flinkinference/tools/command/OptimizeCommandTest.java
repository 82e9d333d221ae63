package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.InferenceFile;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.parity.Answers;
import io.flinkinference.tools.parity.Parity;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
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

final class OptimizeCommandTest {

  private static final Path MODEL = Families.of("bert", "embedding");
  private static final List<SampleText> TEXTS = SampleTexts.builtIn().subList(0, 24);

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int runs;

  @Test
  void textsThatCannotBeReadAreOneJsonObject() throws IOException {
    String missing = directory.resolve("missing.txt").toString();
    assertThat(execute(MODEL, "--json", "--verify", missing)).isEqualTo(1);
    assertThat(json().path("error").textValue()).contains(missing).contains("cannot be read");
  }

  @Test
  void filesThatCannotBeCopiedAreOneJsonObject() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    for (String file : List.of("config.json", "tokenizer.json", "model.onnx")) {
      Files.copy(MODEL.resolve(file), model.resolve(file));
    }
    Path link = linkToNothing(model.resolve("readme.md"));
    assertThat(execute(model, "--json")).isEqualTo(1);
    assertThat(json().path("error").textValue())
        .isEqualTo("There is no file or directory " + link + ".");
    assertThat(directory.resolve("out0")).doesNotExist();
  }

  @Test
  void failureWithoutJsonIsAnException() throws IOException {
    assertThat(execute(MODEL, "--verify", directory.resolve("missing.txt").toString()))
        .isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("missing.txt cannot be read");
  }

  @Test
  void commandLineThatIsWrongIsToldWithTheUsageAlsoWithJson() {
    assertThat(execute(MODEL, "--json", "--mean-cosine", "2")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("mean cosine is 2.0").contains("Usage:");
    assertThat(execute(MODEL, "--json", "--precision", "int9")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void moreLayersStayFp32WhereMoreIsDemanded() throws IOException {
    assertThat(exactLayers("0.99999")).isGreaterThan(exactLayers("-1"));
  }

  @Test
  void pruningSaysThatNothingWasTaught() {
    String options =
        "--precision fp32 --turns 1 --prune-neurons 0.5"
            + " --min-cosine -1 --mean-cosine -1 --min-agreement 0";
    assertThat(execute(MODEL, options.split(" ", -1))).as("%s", err).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains("learned nothing, without --recover-texts: it loses more than it has to");
  }

  /** What was fused here is quantised as what was exported, and the file tells of that alone. */
  @Test
  void fusedFormIsQuantisedAsItsOriginal() throws IOException {
    String texts = texts();
    List<String> int8 = List.of("--json", "--turns=1", "--verify", texts, "--calibrate", texts);
    assertThat(execute(MODEL, "--json", "--turns=1", "--precision=fp32", "--verify", texts))
        .isZero();
    JsonNode first = json();
    assertThat(execute(directory.resolve("out0"), int8.toArray(String[]::new)))
        .as(out::toString)
        .isZero();
    Path made = directory.resolve("out1");
    JsonNode second = json();
    assertThat(execute(MODEL, int8.toArray(String[]::new))).isZero();
    Path direct = directory.resolve("out2");

    assertThat(layers(second)).isEqualTo(layers(json()));
    assertThat(parity(direct, made).minCosine()).isGreaterThan(0.999);
    assertThat(parity(MODEL, made).meanCosine()).isGreaterThan(0.997);

    JsonNode file = new ObjectMapper().readTree(made.resolve("inference.json").toFile());
    assertThat(file).isEqualTo(second);
    assertThat(file.path("form").textValue()).isEqualTo("int8");
    assertThat(file.path("source").path("sha256")).isEqualTo(first.path("sha256"));
    double least = file.path("parity").path("minCosine").doubleValue();
    assertThat(least).isLessThan(first.path("parity").path("minCosine").doubleValue());
    Model model = ModelRepositories.standard().resolve(made.toString());
    InferenceFile.of(model).requireParity(model, least);
  }

  private String texts() throws IOException {
    List<String> lines = TEXTS.stream().map(SampleText::text).toList();
    return Files.write(directory.resolve("texts.txt"), lines).toString();
  }

  private static int layers(JsonNode report) {
    for (JsonNode pass : report.path("passes")) {
      if (pass.path("pass").textValue().equals("int8")) {
        return pass.path("made").intValue();
      }
    }
    throw new AssertionError("There is no int8 in " + report);
  }

  private static Parity parity(Path one, Path other) {
    return Parity.of(
        Answers.ofOriginal(one.toString(), GraphChoice.AUTO, TEXTS, () -> {}).answers(),
        Answers.ofNewForm(other.toString(), TEXTS, () -> {}).answers(),
        () -> {});
  }

  private int exactLayers(String meanCosine) throws IOException {
    assertThat(execute(MODEL, "--json", "--turns", "1", "--mean-cosine", meanCosine)).isZero();
    for (JsonNode pass : json().path("passes")) {
      if (pass.path("pass").textValue().equals("int8")) {
        return pass.path("missed").size();
      }
    }
    throw new AssertionError("There is no int8 in " + out);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private static Path linkToNothing(Path place) {
    try {
      return Files.createSymbolicLink(place, Path.of("nothing"));
    } catch (UnsupportedOperationException | IOException e) {
      return abort("There are no links here: " + e);
    }
  }

  private int execute(Path model, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(model.toString()));
    all.addAll(List.of("--out", directory.resolve("out" + runs++).toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new OptimizeCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
