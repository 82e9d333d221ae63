package io.flinkinference.examples;

import picocli.CommandLine.Command;

/**
 * The commands that need no more than the application's jar and Flink's {@code lib/}, so that they
 * run where the brokers and the models are: in the image.
 */
@Command(subcommands = {ReplayCommand.class, ScoreCommand.class, InspectCommand.class})
public final class ImageCommands extends Commands {

  private ImageCommands() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new ImageCommands().line().execute(arguments));
  }
}
