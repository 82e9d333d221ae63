package io.flinkinference.examples.job;

import io.flinkinference.InferenceTask;
import io.flinkinference.Tasks;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import io.flinkinference.result.Classification;
import java.util.Map;

/** The section {@code task}: what is asked of the model. */
final class TaskSection {

  static final Key<TaskType> TYPE =
      Key.required("type", Shapes.choice(TaskType.class), "What is asked of the model.");

  static final Key<Integer> TOP_K =
      Key.optional(
          "top-k",
          Shapes.whole(1),
          "For text-classification: most labels in a result, the best first. All unless it is set.");

  static final Key<Map<String, String>> LABELS =
      Key.optional(
          "labels",
          Shapes.mapOf(Shapes.text()),
          "For zero-shot: a description in words for each label.");

  static final Key<Double> TEMPERATURE =
      Key.withDefault(
          "temperature",
          Shapes.positive(),
          0.05,
          "0.05",
          "For zero-shot: the lower, the more the best label takes of the score.");

  static final Section SECTION = Section.of(TYPE, TOP_K, LABELS, TEMPERATURE);

  private TaskSection() {}

  static void check(Settings task, Problems problems) {
    TaskType type = task.get(TYPE);
    if (type == null) {
      return;
    }
    only(task, TOP_K, TaskType.TEXT_CLASSIFICATION, problems);
    only(task, LABELS, TaskType.ZERO_SHOT, problems);
    only(task, TEMPERATURE, TaskType.ZERO_SHOT, problems);
    if (type == TaskType.ZERO_SHOT
        && (!task.has(LABELS) || task.find(LABELS).map(Map::isEmpty).orElse(false))) {
      problems.add(
          task.line(task.has(LABELS) ? LABELS : TYPE),
          "task.type is zero-shot, but there are no task.labels to choose from. Give a description"
              + " for each label.");
    }
  }

  private static void only(Settings task, Key<?> key, TaskType type, Problems problems) {
    TaskType is = task.get(TYPE);
    if (task.has(key) && is != type) {
      problems.add(
          task.line(key),
          "%s is for the task %s, but task.type is %s. Leave it out."
              .formatted(task.path(key), Shapes.spelled(type), Shapes.spelled(is)));
    }
  }

  static InferenceTask<Classification> classification(Settings task) {
    if (task.get(TYPE) == TaskType.ZERO_SHOT) {
      return Tasks.zeroShot(task.get(LABELS), task.get(TEMPERATURE));
    }
    return task.find(TOP_K).map(Tasks::textClassification).orElseGet(Tasks::textClassification);
  }
}
