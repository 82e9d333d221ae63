package io.flinkinference;

import static io.flinkinference.TaskOptions.AGGREGATION;
import static io.flinkinference.TaskOptions.DIMENSIONS;
import static io.flinkinference.TaskOptions.HEAD;
import static io.flinkinference.TaskOptions.HYPOTHESIS_TEMPLATE;
import static io.flinkinference.TaskOptions.LABELS;
import static io.flinkinference.TaskOptions.LABEL_FILE;
import static io.flinkinference.TaskOptions.LABEL_NAMES;
import static io.flinkinference.TaskOptions.MASK;
import static io.flinkinference.TaskOptions.MULTI_LABEL;
import static io.flinkinference.TaskOptions.NORMALIZATION;
import static io.flinkinference.TaskOptions.ONLY_ENTITIES;
import static io.flinkinference.TaskOptions.PAIR_ORDER;
import static io.flinkinference.TaskOptions.POOLING;
import static io.flinkinference.TaskOptions.PROTOTYPES;
import static io.flinkinference.TaskOptions.QUERY;
import static io.flinkinference.TaskOptions.RANGE;
import static io.flinkinference.TaskOptions.RAW_SCORES;
import static io.flinkinference.TaskOptions.REDACT;
import static io.flinkinference.TaskOptions.SCORING;
import static io.flinkinference.TaskOptions.TASKS;
import static io.flinkinference.TaskOptions.TEMPERATURE;
import static io.flinkinference.TaskOptions.TEXTS;
import static io.flinkinference.TaskOptions.THRESHOLD;
import static io.flinkinference.TaskOptions.TOP_K;
import static io.flinkinference.TaskOptions.VECTOR_FORM;
import static io.flinkinference.TaskOptions.WITHOUT_ENTITIES;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Results;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;

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
              List.of(TOP_K, THRESHOLD, SCORING, LABEL_FILE),
              TaskFactories::textClassification),
          new TaskDefinition<>(
              "zero-shot",
              "Labels of your own, described in words, with an embedding model.",
              Classification.class,
              List.of(LABELS, TEMPERATURE, TOP_K),
              TaskFactories::zeroShot),
          new TaskDefinition<>(
              "zero-shot-by-inference",
              "Labels of your own, with a model for natural-language inference.",
              Classification.class,
              List.of(LABEL_NAMES, HYPOTHESIS_TEMPLATE, MULTI_LABEL),
              TaskFactories::zeroShotByInference),
          new TaskDefinition<>(
              "nearest",
              "The names whose reference texts a text is nearest to, with an embedding model.",
              Classification.class,
              List.of(TEXTS, PROTOTYPES, THRESHOLD, TOP_K),
              TaskFactories::nearest),
          new TaskDefinition<>(
              "rerank",
              "How well each text answers a query, with a cross-encoder.",
              Classification.class,
              List.of(QUERY, PAIR_ORDER, RAW_SCORES),
              TaskFactories::rerank),
          new TaskDefinition<>(
              "natural-language-inference",
              "Whether each text entails the second text of its record, contradicts it, or neither.",
              Classification.class,
              List.of(PAIR_ORDER),
              TaskFactories::naturalLanguageInference),
          new TaskDefinition<>(
              "embedding",
              "A vector for each text.",
              Embedding.class,
              List.of(NORMALIZATION, POOLING, DIMENSIONS, VECTOR_FORM, RANGE),
              TaskFactories::embedding),
          new TaskDefinition<>(
              "token-classification",
              "Parts of the text that have a label, such as names and places.",
              Entities.class,
              List.of(AGGREGATION, THRESHOLD, ONLY_ENTITIES, WITHOUT_ENTITIES, REDACT, MASK),
              TaskFactories::tokenClassification),
          new TaskDefinition<>(
              "classification-head",
              "The labels of one of several heads of a graph, an output of its own.",
              Classification.class,
              List.of(HEAD, LABEL_NAMES, MULTI_LABEL),
              TaskFactories::classificationHead),
          new TaskDefinition<>(
              "several",
              "Several tasks on one run of the model, their results side by side.",
              Results.class,
              List.of(TASKS),
              SeveralTasks::of));

  private TaskCatalog() {}

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
}
