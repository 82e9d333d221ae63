package io.flinkinference.tools.command;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * With {@code --json} a failure is an object too, which holds {@code error}, the reason in words.
 */
public final class JsonFailure {

  private JsonFailure() {}

  /**
   * Does a command's work.
   *
   * @param json whether a failure becomes an object; else it is thrown
   * @return the result; nothing where a failure was told
   * @throws ParameterException if the command line is wrong, which is told with its usage
   */
  public static <T> Optional<T> told(boolean json, CommandSpec spec, Callable<T> work)
      throws Exception {
    try {
      return Optional.of(work.call());
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      if (!json) {
        throw e;
      }
      Output.json(Map.of("error", FailureWords.of(e)), spec.commandLine().getOut());
      return Optional.empty();
    }
  }
}
