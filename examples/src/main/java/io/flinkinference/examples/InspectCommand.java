package io.flinkinference.examples;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.flinkinference.InferenceOptions;
import io.flinkinference.examples.score.TrialRun;
import io.flinkinference.examples.screen.ModelView;
import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.GraphPrecision;
import io.flinkinference.model.ModelInspector;
import io.flinkinference.model.ModelReport;
import io.flinkinference.tools.command.JsonFailure;
import io.flinkinference.tools.command.Output;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: what a model is, and whether it can be used. */
@Command(
    name = "inspect",
    description = {
      "Tells what a model is: its family, tasks, inputs, outputs, tokenizer, limits, labels; what is"
          + " missing or contradictory, and what will be assumed. Reads its files, then runs it on a"
          + " short text.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The model can be used.",
      "1:It cannot; the error says why and what to do.",
      "2:The command line is wrong."
    })
final class InspectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A model directory, one graph in it, or a bundled model.")
  private String model;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description = "Which of its graphs: ${COMPLETION-CANDIDATES}. Default: auto.")
  private GraphPrecision precision = GraphPrecision.AUTO;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Which of its graphs, by its path in the directory.")
  private String file = "";

  @Option(names = "--no-run", description = "Read the files only, and run nothing.")
  private boolean noRun;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  /** What the JSON object holds. */
  record Inspection(@JsonUnwrapped ModelReport report, List<String> problems) {}

  @Override
  public Integer call() throws Exception {
    Optional<Inspection> inspection = JsonFailure.told(json, spec, this::inspect);
    if (inspection.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    ModelReport report = inspection.get().report();
    List<String> problems = inspection.get().problems();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Output.json(inspection.get(), out);
    } else {
      out.print(ModelView.of(report, model, problems));
      out.flush();
    }
    return !report.tasks().isEmpty() && problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Inspection inspect() {
    ModelReport report = ModelInspector.inspect(model, new GraphChoice(precision, file));
    return new Inspection(report, noRun ? List.of() : trial().problems(report.tasks()));
  }

  private TrialRun trial() {
    Configuration options = new Configuration();
    options.set(InferenceOptions.MODEL_PRECISION, precision);
    if (!file.isEmpty()) {
      options.set(InferenceOptions.MODEL_FILE, file);
    }
    return new TrialRun(model, options);
  }
}
