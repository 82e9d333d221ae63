package io.flinkinference.tools.command;

import io.flinkinference.tools.data.Columns;
import io.flinkinference.tools.data.DataException;
import io.flinkinference.tools.data.DataFormat;
import io.flinkinference.tools.data.DataReader;
import io.flinkinference.tools.data.LabeledData;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The arguments that say how a file of labelled texts is read. */
final class DataArguments {

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      description = {
        "The column or field of the text. A number, from 1, where the first line does not name the",
        "columns. Default: text."
      })
  private String text = "text";

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column or field of the label, by name or number. Default: label.")
  private String label = "label";

  @Option(
      names = "--multi-label",
      description = "A text may have several labels: in one cell, or as an array in JSON.")
  private boolean multiLabel;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "What stands between the labels of a cell. Default: a comma.")
  private String separator = ",";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: what the file's name says.")
  private DataFormat format;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean multiLabel() {
    return multiLabel;
  }

  LabeledData read(Path file) throws IOException {
    NotBeside.refuse(spec, !multiLabel, "a single label, without --multi-label", "--separator");
    return DataReader.read(file, format, columns());
  }

  private Columns columns() {
    try {
      return new Columns(text, label, multiLabel ? separator : null);
    } catch (DataException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
