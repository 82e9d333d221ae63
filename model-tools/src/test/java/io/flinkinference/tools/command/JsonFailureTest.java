package io.flinkinference.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class JsonFailureTest {

  private final StringWriter out = new StringWriter();
  private final CommandLine line =
      new CommandLine(new Nothing()).setOut(new PrintWriter(out, true));

  @Test
  void lackOfMemoryIsTold() throws Exception {
    Optional<Object> result = told(true);
    assertThat(result).isEmpty();
    assertThat(out.toString())
        .contains("Out of memory (Java heap space): the heap of ")
        .contains("Give more: FLINK_INFERENCE_JAVA_OPTS=-Xmx8g.");
  }

  /** The command line tells exceptions as sentences, and errors with all that is on the stack. */
  @Test
  void lackOfMemoryIsAnException() {
    assertThatThrownBy(() -> told(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is too small for this model");
    assertThat(out.toString()).isEmpty();
  }

  private Optional<Object> told(boolean json) throws Exception {
    return JsonFailure.told(
        json,
        line.getCommandSpec(),
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
  }

  @Command
  private static final class Nothing {}
}
