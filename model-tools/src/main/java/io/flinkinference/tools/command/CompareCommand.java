package io.flinkinference.tools.command;

import io.flinkinference.tools.compare.Compare;
import io.flinkinference.tools.compare.CompareException;
import io.flinkinference.tools.compare.Comparison;
import io.flinkinference.tools.compare.ComparisonReport;
import io.flinkinference.tools.compare.Costs;
import io.flinkinference.tools.data.BadRow;
import io.flinkinference.tools.data.LabeledData;
import io.flinkinference.tools.report.HtmlReport;
import io.flinkinference.tools.report.Machine;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: the smallest model that is good enough. */
@Command(
    name = "compare",
    description = {
      "Measures classification models on labelled texts: accuracy, speed, latency, size, memory,"
          + " processor time and what that costs. Marks those that no other beats, and picks the"
          + " cheapest that is good enough.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:A model is good enough.",
      "1:None is, or one could not be measured.",
      "2:The command line is wrong."
    })
public final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description = "Model directories, or single graphs in them.")
  private List<String> models;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled texts: .csv, .tsv or .jsonl, each also with .gz behind it.")
  private Path file;

  @Mixin private DataArguments data;

  @Option(
      names = "--min-accuracy",
      paramLabel = "SHARE",
      description = "Least accuracy that is good enough, such as 0.9.")
  private double minAccuracy;

  @Option(
      names = "--max-latency",
      paramLabel = "MS",
      description = "Most p99 of a text that comes alone, in milliseconds.")
  private Double maxLatency;

  @Option(
      names = "--watts",
      paramLabel = "W",
      description = "Power of a busy core with its share of the machine. Default: 10.")
  private double watts = 10;

  @Option(
      names = "--price",
      paramLabel = "PRICE",
      description = "Price of a core for an hour, in any currency. Default: 0.04.")
  private double price = 0.04;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with the plot, which needs nothing beside itself.")
  private Path html;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  /** What the JSON object holds. */
  record Result(String choice, Comparison comparison, List<BadRow> bad) {}

  @Override
  public Integer call() throws Exception {
    Optional<Result> compared = JsonFailure.told(json, spec, this::compare);
    if (compared.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    Comparison comparison = compared.get().comparison();
    Report report = ComparisonReport.of(comparison);
    Machine machine = Machine.describe();
    PrintWriter writer = spec.commandLine().getOut();
    if (json) {
      Output.json(compared.get(), writer);
    } else {
      TextReport.write(report, machine, writer);
    }
    // Last, so that hours of measuring are told also where it fails now.
    if (html != null) {
      HtmlReport.write(List.of(report), machine, html);
    }
    return comparison.choice().isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Result compare() throws IOException, InterruptedException {
    requireLimits();
    Costs costs = costs();
    if (html != null) {
      requirePlace(html);
    }
    LabeledData rows = data.read(file);
    Output.bad(rows.bad(), spec.commandLine().getErr());
    Comparison comparison = Compare.run(models, rows.rows(), costs, minAccuracy, maxLatency);
    String choice = comparison.choice().map(one -> one.measured().model()).orElse(null);
    return new Result(choice, comparison, rows.bad());
  }

  private void requireLimits() {
    if (!(minAccuracy >= 0 && minAccuracy <= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--min-accuracy is a share from 0 to 1, such as 0.9, not " + minAccuracy + ".");
    }
    if (maxLatency != null && !(maxLatency > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--max-latency is above 0 milliseconds, not " + maxLatency + ".");
    }
  }

  private Costs costs() {
    try {
      return new Costs(watts, price);
    } catch (CompareException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Before the measuring, which may take hours. */
  private void requirePlace(Path page) throws IOException {
    Path place = page.toAbsolutePath();
    if (Files.isDirectory(place)) {
      throw new ParameterException(
          spec.commandLine(), "--html " + page + " is a directory. Name a file.");
    }
    Files.createDirectories(place.getParent());
    if (!Files.isWritable(Files.exists(place) ? place : place.getParent())) {
      throw new ParameterException(
          spec.commandLine(), "--html " + page + " cannot be written. Name another file.");
    }
  }
}
