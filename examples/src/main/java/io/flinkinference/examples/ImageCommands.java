package io.flinkinference.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The commands that need no more than the application's jar and Flink's {@code lib/}, so that they
 * run where the brokers and the models are: in the image.
 */
@Command(
    name = "flink-inference",
    description = "Small transformer models inside Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {ReplayCommand.class, ScoreCommand.class, InspectCommand.class},
    commandListHeading = "%nCommands:%n",
    footer = {"", "flink-inference COMMAND --help says more about a command."})
public final class ImageCommands implements Runnable {

  @Spec private CommandSpec spec;

  private ImageCommands() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(FlinkInference.commandLine(new ImageCommands()).execute(arguments));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
