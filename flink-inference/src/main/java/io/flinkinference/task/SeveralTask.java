package io.flinkinference.task;

import io.flinkinference.result.Results;
import io.flinkinference.runtime.LoadedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several tasks on one run of the model, their results side by side. All read the same input, so
 * their forms must be the same, which those of tasks on single texts are.
 */
public final class SeveralTask implements Task<Results> {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Task<?>> tasks;
  private final InputForm form;

  /**
   * @param tasks at least one, in the order of their results
   * @throws IllegalArgumentException if they do not read the same input
   */
  public SeveralTask(Map<String, ? extends Task<?>> tasks) {
    this.tasks = new LinkedHashMap<>(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("There is no task. Name at least one.");
    }
    this.form = this.tasks.values().iterator().next().form();
    this.tasks.forEach(this::requireSameInput);
  }

  private void requireSameInput(String name, Task<?> task) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of a task is blank.");
    }
    if (!task.form().equals(form)) {
      throw new IllegalArgumentException(
          "The task '"
              + name
              + "' reads another input than '"
              + tasks.keySet().iterator().next()
              + "', so they cannot share a run of the model. Score them one after the other.");
    }
  }

  @Override
  public InputForm form() {
    return form;
  }

  @Override
  public boolean needsSpans() {
    return tasks.values().stream().anyMatch(Task::needsSpans);
  }

  @Override
  public TaskDecoder<Results> open(LoadedModel model) {
    return open(model, TextPrefix.AS_MODEL);
  }

  @Override
  public TaskDecoder<Results> open(LoadedModel model, TextPrefix prefix) {
    Map<String, TaskDecoder<?>> decoders = new LinkedHashMap<>();
    tasks.forEach((name, task) -> decoders.put(name, task.open(model, prefix)));
    return new SeveralDecoder(decoders);
  }
}
