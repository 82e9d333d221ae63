package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CompareCommandTest {

  @TempDir private Path directory;

  @Test
  void placeOfThePageIsCheckedBeforeAModelIsMeasured() throws IOException {
    Path data = Files.writeString(directory.resolve("a.tsv"), "a\tx\n");
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new CompareCommand())
            .setErr(new PrintWriter(err, true))
            .execute(
                "no-such-model", "--data=" + data, "--text=1", "--label=2", "--html=" + directory);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("--html " + directory + " is a directory. Name a file.");
  }
}
