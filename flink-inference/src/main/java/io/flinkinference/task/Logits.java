package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelException;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Optional;

/**
 * An output of raw scores [batch, labels].
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param output its name
 * @param size number of labels
 */
record Logits(String output, int size) {

  private static final String USUAL_NAME = "logits";

  /**
   * Finds the output by its name.
   *
   * @param name of the output, or empty for {@code logits} or the only one
   * @param size number of labels that it must have
   * @throws ModelException if there is none
   */
  static Logits of(LoadedModel model, String name, int size) {
    List<TensorSpec> outputs = model.engine().outputs();
    TensorSpec found =
        find(outputs, name, 2)
            .orElseThrow(
                () ->
                    new ModelException(
                        "Model '"
                            + model.model().name()
                            + "' gives no "
                            + (name.isEmpty() ? USUAL_NAME : name)
                            + " [batch, labels]; its outputs are "
                            + outputs
                            + "."));
    long declared = found.shape().get(1);
    if (declared >= 0 && declared != size) {
      throw new ModelException(
          "The output '"
              + found.name()
              + "' of model '"
              + model.model().name()
              + "' scores "
              + declared
              + " labels, and the task expects "
              + size
              + ".");
    }
    return new Logits(found.name(), size);
  }

  /**
   * The output of raw scores, if there is one.
   *
   * @param name of the output, or empty for {@code logits} or the only one
   * @param rank how many dimensions it must have
   */
  static Optional<TensorSpec> find(List<TensorSpec> outputs, String name, int rank) {
    return outputs.stream()
        .filter(output -> output.rank() == rank)
        .filter(output -> isMeant(output, name, outputs.size()))
        .findFirst();
  }

  private static boolean isMeant(TensorSpec output, String name, int outputs) {
    return name.isEmpty()
        ? output.name().equals(USUAL_NAME) || outputs == 1
        : output.name().equals(name);
  }

  /**
   * The raw scores of a row, new.
   *
   * @throws UnscorableException if they are no numbers, or not as many as labels
   */
  float[] read(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor tensor = outputs.get(output);
    Rows.requireShape(output, tensor, batch.rows());
    if (tensor.shape()[1] != size) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "Output '" + output + "' scores " + tensor.shape()[1] + " labels, not " + size + ".");
    }
    float[] scores = new float[size];
    tensor.data().get(row * size, scores);
    Rows.requireNumbers(output, scores);
    return scores;
  }
}
