package io.flinkinference;

import io.flinkinference.result.Results;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/** From the options below the names of several tasks to the task that asks them all. */
final class SeveralTasks {

  private static final String TASK = "task";
  private static final String AT = TaskOptions.TASKS.key() + ".";

  private SeveralTasks() {}

  /**
   * Makes the tasks, in the order of their names.
   *
   * @throws IllegalArgumentException if something is missing or wrong; the message names its key
   */
  static InferenceTask<Results> of(ReadableConfig options) {
    Map<String, Map<String, String>> named = new TreeMap<>();
    options
        .getOptional(TaskOptions.TASKS)
        .orElse(Map.of())
        .forEach((key, value) -> put(key, value, named));
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no " + TaskOptions.TASKS.key() + ". Name at least one.");
    }
    Map<String, InferenceTask<?>> tasks = new TreeMap<>();
    named.forEach((name, own) -> tasks.put(name, task(name, own)));
    return Tasks.several(tasks);
  }

  private static void put(String key, String value, Map<String, Map<String, String>> named) {
    int dot = key.indexOf('.');
    if (dot < 1 || dot == key.length() - 1) {
      throw new IllegalArgumentException(
          "%s%s is not the name of a task with an option. Write NAME.task, or NAME.OPTION."
              .formatted(AT, key));
    }
    named
        .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
        .put(key.substring(dot + 1), value);
  }

  private static InferenceTask<?> task(String name, Map<String, String> options) {
    String type = options.remove(TASK);
    if (type == null) {
      throw new IllegalArgumentException(
          "There is no %s%s.%s. Name the task that it is.".formatted(AT, name, TASK));
    }
    try {
      TaskDefinition<?> definition = TaskCatalog.named(type);
      if (definition.resultClass() == Results.class) {
        throw new IllegalArgumentException(
            "The task is 'several' itself. Name its tasks beside the others.");
      }
      options.keySet().forEach(key -> requireOption(key, definition));
      return definition.task(Configuration.fromMap(options));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(AT + name + ": " + e.getMessage(), e);
    }
  }

  private static void requireOption(String key, TaskDefinition<?> definition) {
    if (!definition.has(key)) {
      throw new IllegalArgumentException(
          "'%s' is no option of the task %s. It has %s."
              .formatted(
                  key,
                  definition.name(),
                  definition.options().stream()
                      .map(ConfigOption::key)
                      .collect(Collectors.joining(", "))));
    }
  }
}
