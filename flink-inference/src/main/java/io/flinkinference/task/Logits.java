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

/**
 * An output of raw scores, [batch, labels] or [batch, tokens, labels].
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
   * @param rank 2, or 3 where tokens have scores
   * @param labels of which it must have as many
   * @throws ModelException if there is none
   */
  static Logits of(LoadedModel model, String name, int rank, List<String> labels) {
    List<TensorSpec> outputs = model.engine().outputs();
    TensorSpec found =
        outputs.stream()
            .filter(output -> output.rank() == rank && isMeant(output, name, outputs.size()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "Model '"
                            + model.model().name()
                            + "' gives no "
                            + (name.isEmpty() ? USUAL_NAME : name)
                            + (rank == 2 ? " [batch, labels]" : " [batch, tokens, labels]")
                            + ", which the task reads; its outputs are "
                            + outputs
                            + "."));
    long declared = found.shape().get(rank - 1);
    if (declared >= 0 && declared != labels.size()) {
      boolean ofModel = labels.equals(model.model().config().labels());
      throw new ModelException(
          "The output '"
              + found.name()
              + "' of model '"
              + model.model().name()
              + "' scores "
              + declared
              + " labels, and "
              + (ofModel ? "id2label in its config.json names " : "the task names ")
              + labels.size()
              + ". Make them the same, or take another model.");
    }
    return new Logits(found.name(), labels.size());
  }

  private static boolean isMeant(TensorSpec output, String name, int outputs) {
    return name.isEmpty()
        ? output.name().equals(USUAL_NAME) || outputs == 1
        : output.name().equals(name);
  }

  /** Scores that a function makes of the raw ones. */
  ScoreDecoder.RowScores scores(ScoreFunction function) {
    return (batch, row, outputs) -> {
      float[] scores = read(batch, row, outputs);
      function.apply(scores);
      return scores;
    };
  }

  /**
   * The raw scores of a row of [batch, labels], new.
   *
   * @throws UnscorableException if they are no numbers, or not as many as labels
   */
  float[] read(TokenBatch batch, int row, Outputs outputs) {
    return read(tensor(outputs, batch.rows()), row);
  }

  /**
   * All raw scores.
   *
   * @param leading the dimensions before that of the labels
   * @throws UnscorableException if these are others, or it has not as many scores as labels
   */
  FloatTensor tensor(Outputs outputs, int... leading) {
    FloatTensor tensor = outputs.get(output);
    Rows.requireShape(output, tensor, leading);
    int scored = tensor.shape()[leading.length];
    if (scored != size) {
      throw new UnscorableException(
          DeadLetterReason.INVALID_OUTPUT,
          "Output '" + output + "' scores " + scored + " labels, not " + size + ".");
    }
    return tensor;
  }

  /**
   * Raw scores out of {@link #tensor}, new.
   *
   * @param place of the row, or of the token
   * @throws UnscorableException if they are no numbers
   */
  float[] read(FloatTensor tensor, int place) {
    float[] scores = new float[size];
    tensor.data().get(place * size, scores);
    Rows.requireNumbers(output, scores);
    return scores;
  }
}
