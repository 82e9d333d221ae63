package io.flinkinference.examples;

import io.flinkinference.InferenceOptions;
import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.examples.labels.LabelsFile;
import io.flinkinference.examples.labels.TopicLabels;
import io.flinkinference.examples.score.LineScorer;
import io.flinkinference.examples.score.ResultJson;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.result.Classification;
import io.flinkinference.task.BlankText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        "bge-small-en-v1.5; each with -q for its int8 form."
      })
  private String model;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = {
        "${COMPLETION-CANDIDATES}. Default: zero-shot with --labels; else",
        "classification if the model has labels, embedding if not."
      })
  private ScoreTask task;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "Labels for zero-shot, as YAML: 'temperature: 0.05' and",
        "'labels:' with a line 'name: description' for each."
      })
  private Path labels;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Most labels in 'scores'. Default: all.")
  private Integer topK;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "An option of the operator, such as inference.text.max-tokens=128.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    ScoreTask chosen = task();
    check(chosen);
    int most = topK == null ? Integer.MAX_VALUE : topK;
    return switch (chosen) {
      case EMBEDDING -> score(Tasks.embedding(), ResultJson.embedding(), configuration);
      case CLASSIFICATION ->
          score(Tasks.textClassification(), ResultJson.classification(most), configuration);
      case ZERO_SHOT -> score(zeroShot(), ResultJson.classification(most), configuration);
    };
  }

  private <R> int score(InferenceTask<R> inference, ResultJson<R> json, Configuration configuration)
      throws IOException {
    try (TextScorer<R> scorer = TextScorer.open(model, inference, configuration);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      long failed = new LineScorer<>(scorer, json).score(System.in, out);
      return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private InferenceTask<Classification> zeroShot() throws IOException {
    TopicLabels topics = LabelsFile.read(labels);
    return Tasks.zeroShot(topics.descriptions(), topics.temperature());
  }

  private ScoreTask task() {
    if (task != null) {
      return task;
    }
    if (labels != null) {
      return ScoreTask.ZERO_SHOT;
    }
    return ModelRepositories.standard().resolve(model).config().labels().isEmpty()
        ? ScoreTask.EMBEDDING
        : ScoreTask.CLASSIFICATION;
  }

  private void check(ScoreTask chosen) {
    if ((chosen == ScoreTask.ZERO_SHOT) != (labels != null)) {
      throw wrong(
          labels == null
              ? "--task zero-shot needs --labels FILE."
              : "--labels is for zero-shot, but --task is " + chosen + ".");
    }
    if (topK != null && topK < 1) {
      throw wrong("--top-k is 1 at least, not " + topK + ".");
    }
    if (topK != null && chosen == ScoreTask.EMBEDDING) {
      throw wrong("--top-k is for labels, but the task is embedding.");
    }
  }

  private Configuration configuration() {
    Map<String, ConfigOption<?>> known =
        InferenceOptions.ALL.stream()
            .collect(Collectors.toMap(ConfigOption::key, option -> option));
    Configuration configuration = new Configuration();
    configuration.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    options.forEach(
        (key, value) -> {
          ConfigOption<?> option = known.get(key);
          if (option == null) {
            throw wrong(
                "There is no option '%s'. The options are:%n  %s"
                    .formatted(
                        key, known.keySet().stream().sorted().collect(Collectors.joining("\n  "))));
          }
          configuration.setString(key, value);
          checkReadable(configuration, option);
        });
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

  /** What can be asked of a model here. */
  enum ScoreTask {
    EMBEDDING,
    CLASSIFICATION,
    ZERO_SHOT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
