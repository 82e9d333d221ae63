package io.flinkinference.examples;

import io.flinkinference.tools.command.CompareCommand;
import io.flinkinference.tools.command.EvaluateCommand;
import io.flinkinference.tools.command.FinetuneCommand;
import io.flinkinference.tools.command.OptimizeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; {@code bin/flink-inference} starts it. */
@Command(
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
    })
public final class FlinkInference extends Commands {

  private FlinkInference() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The commands, ready to be executed. */
  static CommandLine commandLine() {
    return new FlinkInference().line();
  }
}
