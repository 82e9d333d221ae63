package io.flinkinference;

import io.flinkinference.task.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A task and the type of its results; made by {@link Tasks}.
 *
 * @param task what is asked of the model
 * @param resultType how the results travel
 * @param parts the tasks whose results are side by side, in their order; empty for a single one
 * @param <R> type of the results
 */
public record InferenceTask<R>(
    Task<R> task, TypeInformation<R> resultType, Map<String, InferenceTask<?>> parts) {

  public InferenceTask {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(resultType, "resultType");
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** A single task. */
  public InferenceTask(Task<R> task, TypeInformation<R> resultType) {
    this(task, resultType, Map.of());
  }
}
