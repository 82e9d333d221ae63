package io.flinkinference.operator;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.Task;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * All that an operator needs to know; travels with the job graph.
 *
 * @param text finds the text in a record; an exception makes the record a dead letter, and so does
 *     a null unless the options say otherwise
 * @param pair finds the second text in the same way; null where records have one text
 * @param opener opens the model on the TaskManager
 * @param task what is asked of the model
 * @param options how records are buffered and batched
 * @param devices which device each subtask takes
 * @param deadLetters where records go that cannot be scored
 */
public record InferenceSpec<IN, R>(
    SerializableFunction<IN, String> text,
    SerializableFunction<IN, String> pair,
    ModelOpener opener,
    Task<R> task,
    OperatorOptions options,
    DeviceChoice devices,
    OutputTag<DeadLetter<IN>> deadLetters)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of records with one text, on the device of the opener. */
  public InferenceSpec(
      SerializableFunction<IN, String> text,
      ModelOpener opener,
      Task<R> task,
      OperatorOptions options,
      OutputTag<DeadLetter<IN>> deadLetters) {
    this(text, null, opener, task, options, DeviceChoice.OPENERS_OWN, deadLetters);
  }

  public InferenceSpec {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(opener, "opener");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(devices, "devices");
    Objects.requireNonNull(deadLetters, "deadLetters");
  }
}
