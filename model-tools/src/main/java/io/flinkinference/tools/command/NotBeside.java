package io.flinkinference.tools.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that mean nothing beside others, which nobody gives on purpose. */
final class NotBeside {

  private NotBeside() {}

  /**
   * Refuses options that were given.
   *
   * @param where whether they mean nothing
   * @param what makes them so, in words
   */
  static void refuse(CommandSpec spec, boolean where, String what, String... options) {
    if (!where) {
      return;
    }
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(),
            option + " has no effect with " + what + ". Leave it out, or change that.");
      }
    }
  }
}
