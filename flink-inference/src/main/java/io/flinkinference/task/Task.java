package io.flinkinference.task;

import io.flinkinference.runtime.LoadedModel;
import java.io.Serializable;

/**
 * What is asked of a model. Travels with the job graph to the TaskManagers.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface Task<R> extends Serializable {

  /**
   * Prepares the decoder for a model.
   *
   * @throws IllegalArgumentException if the model cannot do this task; the message says why
   */
  TaskDecoder<R> open(LoadedModel model);
}
