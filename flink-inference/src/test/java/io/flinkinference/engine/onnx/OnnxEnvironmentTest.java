package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OnnxEnvironmentTest {

  @Test
  void aLongCommandLineDoesNotEndTheProcess() throws Exception {
    // As long as one argument may be on Linux.
    String filler = "-Dfiller=" + "a/path/of/a/library.jar:".repeat(5_000);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                filler,
                Opening.class.getName())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("ONNX Runtime is open");
  }

  /** What the other process runs. */
  static final class Opening {
    public static void main(String[] args) {
      System.out.println("ONNX Runtime is open: " + OnnxEnvironment.get().getVersion());
    }
  }
}
