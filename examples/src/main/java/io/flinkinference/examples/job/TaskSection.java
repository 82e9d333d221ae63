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
   * @param pairs whether the source gives pairs of texts
   * @return whether there is a task
   */
  static boolean check(Settings task, boolean pairs, Problems problems) {
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
    return fits && build(definition, task, pairs, problems) && task.isSound();
  }

  private static boolean build(
      TaskDefinition<?> definition, Settings task, boolean pairs, Problems problems) {
    int line = task.line(TYPE);
    if (!OPTIONS.check(task, options -> make(definition, options), line, problems)) {
      return false;
    }
    if (!pairs && task.isSound() && task(task).task().form().needsPair()) {
      problems.add(
          line,
          "task "
              + definition.name()
              + " reads two texts of each record, but there is no source.pair-field. Set it.");
    }
    return true;
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
