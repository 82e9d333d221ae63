package io.flinkinference;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.task.Aggregation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * All tasks by their names. A job's file, SQL and the command line know the tasks from here, so a
 * new one is added here and nowhere else.
 */
public final class TaskCatalog {

  /** In the order of the documentation. */
  public static final List<TaskDefinition<?>> ALL =
      List.of(
          new TaskDefinition<>(
              "text-classification",
              "The labels of a classification model.",
              Classification.class,
              List.of(TaskOptions.TOP_K),
              options -> Tasks.textClassification(topK(options))),
          new TaskDefinition<>(
              "zero-shot",
              "Labels of your own, described in words, with an embedding model.",
              Classification.class,
              List.of(TaskOptions.LABELS, TaskOptions.TEMPERATURE, TaskOptions.TOP_K),
              options ->
                  Tasks.zeroShot(
                      labels(options), options.get(TaskOptions.TEMPERATURE), topK(options))),
          new TaskDefinition<>(
              "embedding",
              "A vector for each text.",
              Embedding.class,
              List.of(),
              options -> Tasks.embedding()),
          new TaskDefinition<>(
              "token-classification",
              "Parts of the text that have a label, such as names and places.",
              Entities.class,
              List.of(TaskOptions.AGGREGATION, TaskOptions.REDACT),
              TaskCatalog::tokenClassification));

  private TaskCatalog() {}

  private static InferenceTask<Entities> tokenClassification(ReadableConfig options) {
    Aggregation aggregation = options.get(TaskOptions.AGGREGATION);
    return options.get(TaskOptions.REDACT)
        ? Tasks.redaction(aggregation)
        : Tasks.tokenClassification(aggregation);
  }

  /**
   * Finds a task by its name.
   *
   * @throws IllegalArgumentException if there is none; the message names those that there are
   */
  public static TaskDefinition<?> named(String name) {
    return ALL.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no task '"
                        + name
                        + "'. There are "
                        + ALL.stream().map(TaskDefinition::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /** The options that any task has, in the order of the documentation. */
  public static List<ConfigOption<?>> options() {
    return ALL.stream()
        .<ConfigOption<?>>flatMap(task -> task.options().stream())
        .distinct()
        .toList();
  }

  /** Names of the tasks that have an option. */
  public static List<String> having(ConfigOption<?> option) {
    return ALL.stream()
        .filter(task -> task.options().contains(option))
        .map(TaskDefinition::name)
        .toList();
  }

  private static int topK(ReadableConfig options) {
    int topK = options.getOptional(TaskOptions.TOP_K).orElse(Integer.MAX_VALUE);
    if (topK < 1) {
      throw new IllegalArgumentException(
          TaskOptions.TOP_K.key() + " is " + topK + ". Set at least 1, or leave it out.");
    }
    return topK;
  }

  private static Map<String, String> labels(ReadableConfig options) {
    Map<String, String> labels = options.getOptional(TaskOptions.LABELS).orElse(Map.of());
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no " + TaskOptions.LABELS.key() + ". Describe each in words.");
    }
    // Flink keeps them in no order: labels of the same score always come in the same one.
    return new TreeMap<>(labels);
  }
}
