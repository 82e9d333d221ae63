package io.flinkinference;

import io.flinkinference.task.Task;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A task and the type of its results; made by {@link Tasks}.
 *
 * @param task what is asked of the model
 * @param resultType how the results travel
 * @param <R> type of the results
 */
public record InferenceTask<R>(Task<R> task, TypeInformation<R> resultType) {

  public InferenceTask {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(resultType, "resultType");
  }
}
