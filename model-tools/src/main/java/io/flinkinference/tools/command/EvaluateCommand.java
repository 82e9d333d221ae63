package io.flinkinference.tools.command;

import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.DataException;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.evaluate.Answers;
import io.flinkinference.tools.evaluate.Evaluation;
import io.flinkinference.tools.evaluate.Evaluator;
import io.flinkinference.tools.evaluate.ModelEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how good a classification model is on labelled texts. */
@Command(
    name = "evaluate",
    description = {
      "Accuracy, F1 of each label, confusion, calibration and the twenty worst mistakes of a"
          + " classification model.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Rows were scored. Those that could not be used are told with their lines.",
      "1:No row could be scored.",
      "2:The command line is wrong."
    })
public final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model directory, or one graph in it.")
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled texts: .csv, .tsv or .jsonl, each also with .gz behind it.")
  private Path file;

  @Mixin private DataArguments data;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  /** What the JSON object holds. */
  record Result(String model, Evaluation evaluation, List<BadRow> bad) {

    Result {
      bad = List.copyOf(bad);
    }
  }

  @Override
  public Integer call() throws Exception {
    Optional<Result> result = JsonFailure.told(json, spec, this::evaluate);
    if (result.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      Output.json(result.get(), writer);
    } else {
      new EvaluationView(result.get().evaluation(), writer).all();
    }
    return ExitCode.OK;
  }

  private Result evaluate() throws IOException {
    LabeledData rows = data.read(file);
    Answers answers = ModelEvaluation.score(model, rows.rows());
    List<BadRow> bad =
        Stream.concat(rows.bad().stream(), answers.bad().stream())
            .sorted(Comparator.comparingLong(BadRow::line))
            .toList();
    Output.bad(bad, spec.commandLine().getErr());
    if (answers.predictions().isEmpty()) {
      throw new DataException(
          file
              + " has no row that "
              + model
              + " can be asked about; its labels are "
              + answers.labels()
              + ".");
    }
    Evaluation evaluation =
        Evaluator.evaluate(answers.labels(), answers.predictions(), answers.multiLabel());
    return new Result(model, evaluation, bad);
  }
}
