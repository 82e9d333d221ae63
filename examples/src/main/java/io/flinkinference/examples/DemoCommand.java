package io.flinkinference.examples;

import io.flinkinference.examples.demo.Demo;
import io.flinkinference.examples.demo.DemoOptions;
import io.flinkinference.examples.figures.Summary;
import io.flinkinference.examples.figures.SummaryJson;
import io.flinkinference.examples.screen.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: one command that shows the whole way of a text. */
@Command(
    name = "demo",
    description = {
      "Starts Kafka and Flink, scores texts from one topic to another, and checks that"
          + " every text came back exactly once.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every text that was sent came back exactly once, as a result or as a dead letter.",
      "1:One did not, or the demo failed.",
      "2:The command line is wrong."
    })
final class DemoCommand implements Callable<Integer> {

  private static final List<String> MODELS = List.of("all-minilm-l6-v2", "bge-small-en-v1.5");

  @Spec private CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "How many texts to send. Default: 5000, or all lines of --input.")
  private Integer records;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Texts to send, one a line. Default: sentences of the European Parliament.")
  private Path input;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "Topics, as YAML: 'temperature: 0.05' and 'labels:' with a line",
        "'name: description' for each."
      })
  private Path labels;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "all-minilm-l6-v2",
      description = "all-minilm-l6-v2 or bge-small-en-v1.5. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "fp32",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of the job; they share one model. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(names = "--ordered", description = "Results keep the order of the texts.")
  private boolean ordered;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write the summary as JSON.")
  private Path json;

  @Option(names = "--keep", description = "Keep all running afterwards, until Ctrl-C.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    check();
    Path directory = Files.createTempDirectory("flink-inference-demo-");
    Path log = directory.resolve("demo.log");
    logTo(log);
    Path work = Files.createDirectory(directory.resolve("work"));
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      return run(work, log);
    } catch (InterruptedException e) {
      // Asked for by Ctrl-C; the JVM sets the exit code.
      spec.commandLine().getErr().println("Ended before its time.");
      return CommandLine.ExitCode.SOFTWARE;
    } catch (Exception e) {
      LoggerFactory.getLogger(DemoCommand.class).error("The demo failed.", e);
      spec.commandLine().getErr().println();
      spec.commandLine().getErr().println("The log is " + log);
      throw e;
    } finally {
      // Flink deletes files of its own at the same time when the process is ended by a signal.
      FileUtils.deleteDirectoryQuietly(work.toFile());
      end.cleanedUp();
    }
  }

  private int run(Path work, Path log) throws Exception {
    Terminal terminal = Terminal.of(System.out, System.getenv());
    DemoOptions options =
        new DemoOptions(
            records == null ? OptionalInt.empty() : OptionalInt.of(records),
            input,
            precision.of(model),
            labels,
            parallelism,
            ordered,
            keep);
    Summary[] result = new Summary[1];
    new Demo(options, terminal, work, log)
        .run(
            summary -> {
              result[0] = summary;
              if (json != null) {
                SummaryJson.write(summary, json);
              }
            });
    return exitCode(result[0]);
  }

  static int exitCode(Summary summary) {
    return summary.exactlyOnce() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void check() throws IOException {
    if (!MODELS.contains(model)) {
      throw wrong("--model is one of " + String.join(", ", MODELS) + ", not '" + model + "'.");
    }
    if (records != null && records < 2) {
      throw wrong("--records is 2 at least, for the demo has two phases; it is " + records + ".");
    }
    if (parallelism < 1) {
      throw wrong("--parallelism is 1 at least, not " + parallelism + ".");
    }
    if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
      throw wrong("--json: there is no directory " + json.toAbsolutePath().getParent() + ".");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Has to come before the first logger. */
  private static void logTo(Path log) {
    System.setProperty("flinkinference.log", log.toString());
    System.setProperty("log4j2.configurationFile", "classpath:log4j2-demo.xml");
  }
}
