package io.flinkinference.examples.job;

import io.flinkinference.InferenceTask;
import io.flinkinference.TaskCatalog;
import io.flinkinference.TaskDefinition;
import io.flinkinference.TaskOptions;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.OptionKeys;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import io.flinkinference.result.Results;
import io.flinkinference.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The section {@code task}: what is asked of the model, with the options of all tasks. */
final class TaskSection {

  private static final List<String> NAMES =
      TaskCatalog.ALL.stream().map(TaskDefinition::name).toList();

  /** The name of a task, and no more, so that its options are looked at by {@link #check}. */
  static final Key<String> TYPE =
      Key.required("type", Shapes.choice(NAMES), "What is asked of the model.");

  private static final OptionKeys OPTIONS =
      OptionKeys.of(
          TaskCatalog.options(),
          "",
          TaskSection::tasksOf,
          Map.of(TaskOptions.TASKS, Shapes.tree()));

  static final Section SECTION = section();

  private TaskSection() {}

  private static Section section() {
    List<Key<?>> keys = new ArrayList<>(List.of(TYPE));
    keys.addAll(OPTIONS.keys());
    return Section.of(keys);
  }

  private static String tasksOf(ConfigOption<?> option) {
    return "For " + String.join(", ", TaskCatalog.having(option)) + ": ";
  }

  /**
   * Finds all that is wrong in the section.
   *
   * @param source which may give pairs of texts; null where there is none
   * @return whether there is a task
   */
  static boolean check(Settings task, Settings source, Problems problems) {
    if (task.find(TYPE).isEmpty()) {
      return false;
    }
    TaskDefinition<?> definition = definition(task);
    boolean fits = true;
    for (Map.Entry<Key<?>, ConfigOption<?>> option : OPTIONS.entries()) {
      if (task.has(option.getKey()) && !definition.options().contains(option.getValue())) {
        fits = false;
        problems.add(
            task.line(option.getKey()),
            "%s is for the tasks %s, but task.type is %s. Leave it out."
                .formatted(
                    task.path(option.getKey()),
                    String.join(", ", TaskCatalog.having(option.getValue())),
                    definition.name()));
      }
    }
    return fits && build(definition, task, source, problems) && task.isSound();
  }

  private static boolean build(
      TaskDefinition<?> definition, Settings task, Settings source, Problems problems) {
    int line = task.line(TYPE);
    if (!OPTIONS.check(task, options -> make(definition, options), line, problems)) {
      return false;
    }
    if (task.isSound()) {
      checkPairs(task(task).task(), task, source, problems);
    }
    return true;
  }

  private static void checkPairs(Task<?> asked, Settings task, Settings source, Problems problems) {
    boolean pairs = source != null && source.has(SourceSection.PAIR_FIELD);
    if (!pairs && asked.form().needsPair()) {
      problems.add(
          task.line(TYPE),
          "task "
              + task.get(TYPE)
              + " reads two texts of each record, but there is no source.pair-field. Set it.");
    }
    if (pairs) {
      try {
        asked.check(true);
      } catch (IllegalArgumentException e) {
        problems.add(source.line(SourceSection.PAIR_FIELD), "source.pair-field: " + e.getMessage());
      }
    }
  }

  private static void make(TaskDefinition<?> definition, Configuration options) {
    try {
      definition.task(options);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("task " + definition.name() + ": " + e.getMessage(), e);
    }
  }

  /** Whether there are results of several tasks for a record. */
  static boolean givesSeveral(Settings task) {
    return definition(task).resultClass() == Results.class;
  }

  private static TaskDefinition<?> definition(Settings task) {
    return TaskCatalog.named(task.get(TYPE));
  }

  /** What is asked of the model. */
  static InferenceTask<?> task(Settings task) {
    return definition(task).task(OPTIONS.configuration(task));
  }
}
