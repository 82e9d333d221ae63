package io.flinkinference.examples;

import static java.util.stream.Collectors.joining;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.TaskCatalog;
import io.flinkinference.TaskDefinition;
import io.flinkinference.TaskOptions;
import io.flinkinference.TextScorer;
import io.flinkinference.examples.labels.LabelsFile;
import io.flinkinference.examples.labels.TopicLabels;
import io.flinkinference.examples.score.LineForm;
import io.flinkinference.examples.score.LineScorer;
import io.flinkinference.examples.score.ResultJson;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.task.BlankText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code score}: lines in, JSON lines out, without Flink. */
@Command(
    name = "score",
    description = {
      "Reads texts from standard input, one a line (UTF-8), and writes one JSON object a line, in"
          + " the same order.",
      "",
      "An embedding is {\"embedding\": [...]}; a classification is {\"label\": ..., \"score\": ...,"
          + " \"scores\": {...}} with the best label first. A line that cannot be scored is"
          + " {\"line\": n, \"error\": {\"reason\": ..., \"message\": ...}}. An empty line is an"
          + " empty text.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every line was scored.",
      "1:A line could not be scored, or the run failed.",
      "2:The command line is wrong."
    })
final class ScoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = {
        "A model directory, or a bundled model: all-minilm-l6-v2,",
        "bge-small-en-v1.5, e5-small-v2, each also with -q for its int8 form,",
        "or bge-small-zh-v1.5."
      })
  private String model;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = {
        "${COMPLETION-CANDIDATES}.",
        "Default: zero-shot with --labels; else text-classification if the",
        "model has labels, embedding if not."
      })
  private String task;

  @Option(
      names = "-T",
      paramLabel = "KEY=VALUE",
      description = "An option of the task, such as top-k=3 or labels.sport='matches and results'.")
  private Map<String, String> taskOptions = new LinkedHashMap<>();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "Labels for zero-shot, as YAML: 'temperature: 0.05' and",
        "'labels:' with a line 'name: description' for each."
      })
  private Path labels;

  @Option(
      names = "--tab-pairs",
      description = "Each line is two texts with a tab between, for tasks on pairs.")
  private boolean tabPairs;

  @Option(
      names = "--field",
      paramLabel = "POINTER",
      description = "Each line is a JSON object with the text at this place, such as /body.")
  private String field;

  @Option(
      names = "--pair-field",
      paramLabel = "POINTER",
      description = "With --field: where the second text is.")
  private String pairField;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "An option of the operator, such as inference.text.max-tokens=128.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    return score(task(), configuration);
  }

  private <R> int score(TaskDefinition<R> definition, Configuration configuration)
      throws IOException {
    InferenceTask<R> inference = inference(definition);
    LineForm form = lineForm();
    try {
      inference.task().check(form.pair() != null);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage() + " Here it is in --tab-pairs, or in --field with --pair-field.");
    }
    try (TextScorer<R> scorer = TextScorer.open(model, inference, configuration);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      ResultJson<R> json = ResultJson.of(inference);
      long failed = new LineScorer<>(scorer, json, form).score(System.in, out);
      return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private LineForm lineForm() {
    if (field == null && pairField != null) {
      throw wrong("--pair-field is '" + pairField + "', but there is no --field. Set both.");
    }
    if (field == null) {
      return tabPairs ? LineForm.TAB : LineForm.TEXT;
    }
    if (tabPairs) {
      throw wrong(
          "Lines are JSON by --field, and two texts by --tab-pairs. Leave one of them out.");
    }
    try {
      return LineForm.json(field, pairField);
    } catch (IllegalArgumentException e) {
      throw wrong("--field and --pair-field are JSON Pointers, such as /body: " + e.getMessage());
    }
  }

  private <R> InferenceTask<R> inference(TaskDefinition<R> definition) throws IOException {
    Configuration options = options(taskOptions, definition.options(), definition::has, "-T");
    if (labels != null) {
      if (!definition.options().contains(TaskOptions.LABELS)) {
        throw wrong("--labels is for labels of your own, but --task is " + definition + ".");
      }
      if (options.getOptional(TaskOptions.LABELS).isPresent()) {
        throw wrong("There are labels in --labels and by -T labels. Leave one of them out.");
      }
      TopicLabels topics = LabelsFile.read(labels);
      options.set(TaskOptions.LABELS, topics.descriptions());
      options.set(TaskOptions.TEMPERATURE, topics.temperature());
    }
    try {
      return definition.task(options);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage() + " It is an option of the task, for -T.");
    }
  }

  private TaskDefinition<?> task() {
    try {
      return TaskCatalog.named(taskName());
    } catch (IllegalArgumentException e) {
      throw wrong("--task: " + e.getMessage());
    }
  }

  private String taskName() {
    if (task != null) {
      return task;
    }
    if (labels != null) {
      return "zero-shot";
    }
    return ModelRepositories.standard().resolve(model).config().labels().isEmpty()
        ? "embedding"
        : "text-classification";
  }

  private Configuration configuration() {
    Configuration configuration =
        options(
            options,
            InferenceOptions.ALL,
            key -> InferenceOptions.ALL.stream().anyMatch(option -> option.key().equals(key)),
            "-D");
    if (!options.containsKey(InferenceOptions.BLANK_TEXT.key())) {
      configuration.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    }
    return configuration;
  }

  /** Those that were given, of those that there are. */
  private Configuration options(
      Map<String, String> given,
      List<ConfigOption<?>> all,
      Predicate<String> isKnown,
      String name) {
    Configuration configuration = new Configuration();
    given.forEach(configuration::setString);
    for (String key : given.keySet()) {
      if (!isKnown.test(key)) {
        throw wrong(
            "%s: there is no option '%s'. There are:%n  %s"
                .formatted(
                    name,
                    key,
                    all.stream().map(ConfigOption::key).sorted().collect(joining("\n  "))));
      }
    }
    all.forEach(option -> checkReadable(configuration, option));
    return configuration;
  }

  private void checkReadable(Configuration configuration, ConfigOption<?> option) {
    try {
      configuration.get(option);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** For the help. */
  static final class TaskNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return TaskCatalog.ALL.stream().map(TaskDefinition::name).iterator();
    }
  }
}
