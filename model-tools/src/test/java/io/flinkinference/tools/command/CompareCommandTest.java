package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CompareCommandTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--min-accuracy=90, '--min-accuracy is a share from 0 to 1, such as 0.9, not 90.0.'",
    "--min-accuracy=NaN, --min-accuracy is a share",
    "--max-latency=0, '--max-latency is above 0 milliseconds, not 0.0.'",
    "--watts=-1, 'Watts and price are not below 0: -1.0, 0.04.'",
  })
  void limitsThatCannotBeAreToldBeforeAFileIsRead(String option, String words) {
    assertThat(compare("no-such-model", directory.resolve("missing.csv"), option)).isEqualTo(2);
    assertThat(err.toString()).contains(words).contains("Usage:");
  }

  @Test
  void jsonHasTheBadRowsAndTheReportTheLimits() throws IOException {
    String model = Families.of("bert", "single-label").toString();
    Path data = directory.resolve("a.csv");
    Files.writeString(data, "text,label\na,label 0\n" + " ,label 0\n".repeat(11));
    assertThat(compare(model, data, "--json")).as("%s", err).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("bad")).hasSize(11);
    out.getBuffer().setLength(0);
    assertThat(compare(model, data, "--min-accuracy=0.9")).as("%s", err).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("Good enough is an accuracy of 0.9 at least.");
  }

  @Test
  void placeOfThePageIsCheckedBeforeAModelIsMeasured() throws IOException {
    Path data = Files.writeString(directory.resolve("a.tsv"), "a\tx\n");
    int code = compare("no-such-model", data, "--text=1", "--label=2", "--html=" + directory);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("--html " + directory + " is a directory. Name a file.");
  }

  private int compare(String model, Path data, String... options) {
    List<String> all = new ArrayList<>(List.of(model, "--data=" + data));
    all.addAll(List.of(options));
    return new CommandLine(new CompareCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
