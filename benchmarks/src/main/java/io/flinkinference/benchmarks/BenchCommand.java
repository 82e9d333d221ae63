package io.flinkinference.benchmarks;

import io.flinkinference.benchmarks.measure.Benchmark;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.tools.command.FailureWords;
import io.flinkinference.tools.report.HtmlReport;
import io.flinkinference.tools.report.JsonReport;
import io.flinkinference.tools.report.Machine;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flink-inference bench}: measures, prints what it found, and writes it to files. */
@Command(
    name = "flink-inference bench",
    description = {
      "Measures the project against the bare engine and against what users would otherwise run.",
      ""
    },
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:It was measured.", "1:It failed.", "2:The command line is wrong."})
public final class BenchCommand implements Callable<Integer> {

  private static final String SECTION = "benchmarks";
  private static final int ROUNDS = 3;
  private static final int QUICK_ROUNDS = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "Which benchmarks to run.")
  private List<String> names;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write the figures as JSON, or why there are none; for one benchmark.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Where to write a page with plots of all that was measured, anew after each.")
  private Path html;

  @Option(
      names = "--quick",
      description = "Only show that it works, in about a minute; the figures mean little.")
  private boolean quick;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "all-minilm-l6-v2",
      description = "Name of a bundled model, or a model directory. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--own-model",
      paramLabel = "MODEL",
      description = {
        "Another form of the model, which the project alone runs in peers, latency and texts, while"
            + " the peers run --model: what it makes of the model against what is published. In"
            + " peers and texts async I/O, the batcher and DJL run it as well, in rows of their"
            + " own."
      })
  private String ownModel;

  @Option(
      names = "--fuse",
      description = {
        "The project fuses the model when it loads it (inference.model.fuse) in peers, latency and"
            + " texts, while the peers run it as it is. In peers and texts async I/O, the batcher"
            + " and DJL run the fused graph as well, in rows of their own."
      })
  private boolean fuse;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = {
        "Texts, one a line, or a .tsv file whose last column they are.",
        "Default: a mix of lengths from the European Parliament."
      })
  private Path texts;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each side runs, in turns. Default: 3, or 1 with --quick.")
  private Integer rounds;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  private BenchCommand() {}

  /** Runs benchmarks and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new BenchCommand()).setUsageHelpWidth(100);
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.add(
        sections.indexOf(CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING),
        SECTION);
    command.setHelpSectionKeys(sections);
    command.getHelpSectionMap().put(SECTION, help -> "%nBenchmarks:%n".formatted() + list(help));
    return command.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          LoggerFactory.getLogger(BenchCommand.class).error("The benchmark failed.", failure);
          failed.getErr().println(failed.getCommandName() + ": " + FailureWords.of(failure));
          return failed.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  private static String list(CommandLine.Help help) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Benchmark benchmark : Benchmarks.all()) {
      // picocli takes these for format strings.
      lines.put(benchmark.name(), benchmark.description().replace("%", "%%"));
    }
    return help.createTextTable(lines).toString();
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> wanted = wanted();
    BenchmarkSettings settings = settings();
    Optional<ReportFile> figures = file("--json", json);
    Optional<ReportFile> page = file("--html", html);
    told(figures, () -> wanted.forEach(Benchmark::prepare));
    Machine machine = Machine.describe();
    List<Report> reports = new ArrayList<>();
    for (Benchmark benchmark : wanted) {
      settings.progress().accept("== " + benchmark.name() + ": " + benchmark.description());
      told(figures, () -> reports.add(benchmark.run(settings)));
      Report report = reports.get(reports.size() - 1);
      TextReport.write(report, machine, spec.commandLine().getOut());
      // Now, for the next one may fail, or be ended.
      if (figures.isPresent()) {
        figures.get().write(draft -> JsonReport.write(report, machine, draft));
      }
      if (page.isPresent()) {
        page.get().write(draft -> HtmlReport.write(reports, machine, draft));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  /** Does a part of the work; where that fails, the file of the figures says why. */
  private static void told(Optional<ReportFile> figures, Work work) throws Exception {
    try {
      work.run();
    } catch (Exception e) {
      if (figures.isPresent()) {
        writeError(e, figures.get());
      }
      throw e;
    }
  }

  private static void writeError(Exception failure, ReportFile file) {
    try {
      file.write(draft -> JsonReport.writeError(FailureWords.of(failure), draft));
    } catch (IOException e) {
      failure.addSuppressed(e); // What failed first is what matters.
    }
  }

  private List<Benchmark> wanted() {
    try {
      List<Benchmark> wanted = names.stream().distinct().map(Benchmarks::named).toList();
      if (json != null && wanted.size() > 1) {
        throw wrong("--json takes the figures of one benchmark; name one, or use --html.");
      }
      for (Benchmark benchmark : wanted) {
        if ((fuse || ownModel != null) && !benchmark.takesOwnForm()) {
          throw wrong(
              "--fuse and --own-model do nothing in "
                  + benchmark.name()
                  + ": they are for peers, latency and texts.");
        }
        for (String option : List.of("--model", "--texts")) {
          if (isGiven(option) && !benchmark.takesModelAndTexts()) {
            throw wrong(
                "%s does nothing in %s: it has a model and texts of its own."
                    .formatted(option, benchmark.name()));
          }
        }
      }
      return wanted;
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  /** Whether the user gave it; a model by default is none that was asked for. */
  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private BenchmarkSettings settings() {
    if (texts != null && !Files.isRegularFile(texts)) {
      throw wrong("--texts: there is no file " + texts + ".");
    }
    if (rounds != null && rounds < 1) {
      throw wrong("--rounds is 1 at least, not " + rounds + ".");
    }
    int fallback = quick ? QUICK_ROUNDS : ROUNDS;
    return new BenchmarkSettings(
        quick,
        model,
        ownModel == null ? model : ownModel,
        fuse,
        Optional.ofNullable(texts),
        rounds == null ? fallback : rounds,
        line -> {
          spec.commandLine().getErr().println(line);
          spec.commandLine().getErr().flush();
        });
  }

  private Optional<ReportFile> file(String option, Path file) {
    try {
      return Optional.ofNullable(file).map(named -> ReportFile.of(option, named));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** A part of what is done. */
  private interface Work {

    void run() throws Exception;
  }
}
