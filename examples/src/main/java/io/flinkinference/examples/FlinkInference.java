package io.flinkinference.examples;

import io.flinkinference.tools.command.CompareCommand;
import io.flinkinference.tools.command.EvaluateCommand;
import io.flinkinference.tools.command.FailureWords;
import io.flinkinference.tools.command.FinetuneCommand;
import io.flinkinference.tools.command.OptimizeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line; {@code bin/flink-inference} starts it. */
@Command(
    name = "flink-inference",
    description = "Small transformer models inside Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      ScoreCommand.class,
      InspectCommand.class,
      OptimizeCommand.class,
      FinetuneCommand.class,
      EvaluateCommand.class,
      CompareCommand.class
    },
    commandListHeading = "%nCommands:%n",
    footer = {"", "flink-inference COMMAND --help says more about a command."})
public final class FlinkInference implements Runnable {

  @Spec private CommandSpec spec;

  private FlinkInference() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The commands, ready to be executed. */
  static CommandLine commandLine() {
    return commandLine(new FlinkInference());
  }

  /**
   * The same of others.
   *
   * @param commands annotated with them
   */
  static CommandLine commandLine(Object commands) {
    return new CommandLine(commands)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setExecutionExceptionHandler(FlinkInference::tell);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }

  /** A failure is a sentence for the user; where it came from is in the log. */
  private static int tell(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandName() + ": " + FailureWords.of(failure));
    err.flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
