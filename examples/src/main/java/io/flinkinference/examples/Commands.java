package io.flinkinference.examples;

import io.flinkinference.tools.command.FailureWords;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What command lines have in common; those who extend it say which commands they have. */
@Command(
    name = "flink-inference",
    description = "Small transformer models inside Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    commandListHeading = "%nCommands:%n",
    footer = {"", "flink-inference COMMAND --help says more about a command."})
abstract class Commands implements Runnable {

  @Spec private CommandSpec spec;

  /** The commands, ready to be executed. */
  final CommandLine line() {
    return new CommandLine(this)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setExecutionExceptionHandler(Commands::tell);
  }

  @Override
  public final void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  /** A failure is a sentence for the user; where it came from is in the log. */
  private static int tell(Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandName() + ": " + FailureWords.of(failure));
    err.flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
