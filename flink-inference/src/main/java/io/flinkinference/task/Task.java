package io.flinkinference.task;

import io.flinkinference.runtime.LoadedModel;
import java.io.Serializable;

/**
 * What is asked of a model, as it is said when a job is built. Travels with the job; holds nothing
 * that is loaded.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface Task<R> extends Serializable {

  /** How the text of a record is put before the model. */
  default InputForm form() {
    return InputForm.AS_READ;
  }

  /**
   * Checks that records have the texts that the task needs.
   *
   * @param hasPair whether it was said where the second text of a record is
   * @throws IllegalArgumentException if it was not and must be, or the other way round
   */
  default void check(boolean hasPair) {
    form().check(hasPair);
    if (hasPair && needsSpans()) {
      throw new IllegalArgumentException(
          "The task reads one text, for it says where in that the tokens stand, and records have a"
              + " second one. Leave .pair(...) out, or score the texts one after the other.");
    }
  }

  /**
   * Prepares the decoder of this task for a model. May run the model.
   *
   * @throws io.flinkinference.model.ModelException if the model does not suit the task
   */
  TaskDecoder<R> open(LoadedModel model);

  /**
   * The same for records that have a prefix. A task that compares them with texts of its own puts
   * it before these too, or equal texts would have different vectors.
   *
   * @param prefix what comes before the text of each record
   */
  default TaskDecoder<R> open(LoadedModel model, TextPrefix prefix) {
    return open(model);
  }

  /**
   * Whether the task asks where tokens stand in the text; then encodings have {@link
   * io.flinkinference.text.Encoding#spans}, which costs more, and a tokenizer that knows.
   */
  default boolean needsSpans() {
    return false;
  }
}
