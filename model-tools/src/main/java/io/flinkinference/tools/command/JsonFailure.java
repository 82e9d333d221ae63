package io.flinkinference.tools.command;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * With {@code --json} a failure is an object too, which holds {@code error}, the reason in words. A
 * lack of memory is a failure like others.
 */
public final class JsonFailure {

  private JsonFailure() {}

  /**
   * Does a command's work.
   *
   * @param json whether a failure becomes an object; else it is thrown
   * @return the result; nothing where a failure was told
   * @throws ParameterException if the command line is wrong, which is told with its usage
   * @throws IllegalStateException if the memory is too small
   */
  public static <T> Optional<T> told(boolean json, CommandSpec spec, Callable<T> work)
      throws Exception {
    try {
      return Optional.of(work.call());
    } catch (ParameterException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      return told(json, spec, tooSmall(e));
    } catch (RuntimeException | IOException e) {
      return told(json, spec, e);
    }
  }

  private static <T> Optional<T> told(boolean json, CommandSpec spec, Exception failure)
      throws Exception {
    if (!json) {
      throw failure;
    }
    Output.json(Map.of("error", FailureWords.of(failure)), spec.commandLine().getOut());
    return Optional.empty();
  }

  /** What was made is let go by then, so there is memory to say it. */
  private static IllegalStateException tooSmall(OutOfMemoryError error) {
    // An error that comes from another thread has lost its own.
    String which = error.getMessage() == null ? "" : " (" + error.getMessage() + ")";
    return new IllegalStateException(
        "Out of memory%s: the heap of %d MB is too small for this model. Give more: FLINK_INFERENCE_JAVA_OPTS=-Xmx8g."
            .formatted(which, Runtime.getRuntime().maxMemory() >> 20),
        error);
  }
}
