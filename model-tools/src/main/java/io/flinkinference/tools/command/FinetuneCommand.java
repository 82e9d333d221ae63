package io.flinkinference.tools.command;

import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.finetune.EncoderOptions;
import io.flinkinference.tools.finetune.EncoderResult;
import io.flinkinference.tools.finetune.Finetune;
import io.flinkinference.tools.finetune.FinetuneException;
import io.flinkinference.tools.finetune.FinetuneOptions;
import io.flinkinference.tools.finetune.FinetuneResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code finetune}: an encoder and labelled texts in, a classification model out. */
@Command(
    name = "finetune",
    description = {
      "Trains a classification head on an encoder, with --layers the encoder's layers too, and"
          + " writes both as one model directory that runs like any other. The figures are of rows that it never saw.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The model is written. Rows that could not be used are told with their lines.",
      "1:It is not; nothing is left behind.",
      "2:The command line is wrong."
    })
public final class FinetuneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model directory or a bundled model.")
  private String model;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Labelled texts: .csv, .tsv or .jsonl, each also with .gz behind it.")
  private Path train;

  @Mixin private DataArguments data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the new model; must not exist.")
  private Path out;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share of the rows to choose settings by. Default: 0.1.")
  private double validation = 0.1;

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share of the rows to make the figures of. Default: 0.1.")
  private double test = 0.1;

  @Option(
      names = "--few-shot",
      paramLabel = "N",
      description = "Learn from N rows of each label; the figures are of all others.")
  private int fewShot;

  @Option(names = "--balanced", description = "Let rare labels weigh as much as frequent ones.")
  private boolean balanced;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same model. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = {
        "Teach the last N layers of the encoder too, or all; takes minutes and not seconds."
            + " Default: 0, the head alone."
      })
  private String layers = "0";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = {
        "With --layers: passes over the rows at most; those that make the validation rows worse"
            + " are taken back. Default: ${DEFAULT-VALUE}."
      })
  private int epochs = EncoderOptions.FROZEN.epochs();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "With --layers: rows a step. Default: ${DEFAULT-VALUE}.")
  private int batch = EncoderOptions.FROZEN.batch();

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      description =
          "With --layers: how far weights go in a step, those of the head twenty times as far."
              + " Default: ${DEFAULT-VALUE}.")
  private double rate = EncoderOptions.FROZEN.rate();

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<FinetuneResult> result = JsonFailure.told(json, spec, this::finetune);
    if (result.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      Output.json(result.get(), writer);
    } else {
      show(result.get(), writer);
    }
    return ExitCode.OK;
  }

  private FinetuneResult finetune() throws IOException {
    FinetuneOptions options = options();
    LabeledData rows = data.read(train);
    Output.bad(rows.bad(), spec.commandLine().getErr());
    FinetuneResult result = Finetune.run(model, rows, options, out);
    Set<BadRow> told = Set.copyOf(rows.bad());
    Output.bad(
        result.bad().stream().filter(row -> !told.contains(row)).toList(),
        spec.commandLine().getErr());
    return result;
  }

  private FinetuneOptions options() {
    try {
      FinetuneOptions options =
          new FinetuneOptions(
              validation, test, fewShot, balanced, data.multiLabel(), seed, encoder());
      NotBeside.refuse(
          spec, options.encoder().layers() == 0, "--layers 0", "--epochs", "--batch", "--rate");
      NotBeside.refuse(spec, fewShot > 0, "--few-shot", "--validation", "--test");
      return options;
    } catch (FinetuneException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private EncoderOptions encoder() {
    return new EncoderOptions(layers(), epochs, batch, rate);
  }

  private int layers() {
    if (layers.equals("all")) {
      return EncoderOptions.ALL;
    }
    try {
      return Integer.parseInt(layers);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "--layers is a number or all, not '" + layers + "'.", e);
    }
  }

  private void show(FinetuneResult result, PrintWriter writer) {
    writer.printf("model              %s%n", out);
    writer.printf(
        "learned from       %,d rows, %d labels%n", result.trainRows(), result.labels().size());
    if (result.repeatedRows() > 0) {
      writer.printf(
          "repeated texts     %,d rows, each in the part of the first%n", result.repeatedRows());
    }
    if (result.validationRows() > 0) {
      writer.printf(
          "chosen by          %,d rows: L2 %s, %d iterations, temperature %s%n",
          result.validationRows(),
          result.strength(),
          result.iterations(),
          Output.number(result.temperature(), 2));
    }
    if (result.encoder() != null) {
      show(result.encoder(), writer);
    }
    if (result.test() != null) {
      new EvaluationView(result.test(), writer).figures();
      writer.printf(
          "  without temperature %s%n", Output.number(result.calibrationErrorBefore(), 3));
    }
    writer.printf("took               %s s%n", Output.number(result.seconds(), 1));
    writer.flush();
  }

  private static void show(EncoderResult encoder, PrintWriter writer) {
    writer.printf(
        "encoder            the last %d layers, %d epochs kept, %,d steps%n",
        encoder.layers(), encoder.epochs(), encoder.steps());
    if (encoder.validationLoss() != null) {
      writer.printf(
          "  validation loss  %s, with the head alone %s%n",
          Output.number(encoder.validationLoss(), 4),
          Output.number(encoder.validationLossBefore(), 4));
      writer.printf(
          "  after each pass  %s%n",
          encoder.validationLosses().stream()
              .map(loss -> Output.number(loss, 4))
              .collect(Collectors.joining(", ")));
    }
    if (encoder.headAlone() != null) {
      writer.printf("  head alone       %s%n", Output.percent(encoder.headAlone()));
    }
  }
}
