package io.flinkinference.examples.job;

import io.flinkinference.InferenceOptions;
import io.flinkinference.examples.file.OptionKeys;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import org.apache.flink.configuration.Configuration;

/** The section {@code inference}: the options of the operator, without their common prefix. */
final class InferenceSection {

  private static final OptionKeys OPTIONS =
      OptionKeys.of(InferenceOptions.ALL, "inference.", option -> "");

  static final Section SECTION = Section.of(OPTIONS.keys());

  /** For the page about the file. */
  static final String NOTE =
      "Each key is one word, dots and all: `inference.text.max-tokens` of"
          + " [options.md](options.md) is written `text.max-tokens: 128` here.";

  private InferenceSection() {}

  static void check(Settings inference, int line, Problems problems) {
    OPTIONS.check(inference, InferenceOptions::check, line, problems);
  }

  /** The options that the file sets. */
  static Configuration configuration(Settings inference) {
    return OPTIONS.configuration(inference);
  }
}
