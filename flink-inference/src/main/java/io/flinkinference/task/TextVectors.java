package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import io.flinkinference.runtime.LoadedModel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads the vector of a text from the outputs of an embedding model: the pooled one, where the
 * graph pools, else the vectors of the tokens, pooled here as sentence-transformers' {@code
 * Pooling} module does.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 */
final class TextVectors {

  private static final String POOLED = "sentence_embedding";
  private static final List<String> TOKENS = List.of("last_hidden_state", "token_embeddings");

  /** Least length that is divided by; torch.nn.functional.normalize has the same. */
  private static final double LEAST_LENGTH = 1e-12;

  private final String output;
  private final int rank;
  private final Pooling pooling;

  private TextVectors(TensorSpec output, Pooling pooling) {
    this.output = output.name();
    this.rank = output.rank();
    this.pooling = pooling;
  }

  /**
   * Chooses the output by its name and rank.
   *
   * @throws ModelException if none suits, or the directory does not say how to pool
   */
  static TextVectors of(LoadedModel model) {
    List<TensorSpec> outputs = model.engine().outputs();
    TensorSpec output =
        named(POOLED, 2, outputs)
            .or(() -> named(TOKENS.get(0), 3, outputs))
            .or(() -> named(TOKENS.get(1), 3, outputs))
            .or(() -> only(outputs))
            .orElseThrow(
                () ->
                    new ModelException(
                        "Model '"
                            + model.model().name()
                            + "' gives no vectors of texts. Wanted is "
                            + POOLED
                            + " [batch, size], or one of "
                            + TOKENS
                            + " [batch, sequence, size]; its outputs are "
                            + outputs
                            + "."));
    Pooling pooling = model.model().config().pooling();
    if (output.rank() == 3 && pooling == null) {
      throw new ModelException(
          "Model '"
              + model.model().name()
              + "' gives vectors of tokens, and its directory does not say how to pool them. Add"
              + " 1_Pooling/config.json with pooling_mode_mean_tokens or pooling_mode_cls_token.");
    }
    return new TextVectors(output, pooling);
  }

  private static Optional<TensorSpec> named(String name, int rank, List<TensorSpec> outputs) {
    return outputs.stream()
        .filter(output -> output.name().equals(name) && output.rank() == rank)
        .findFirst();
  }

  /** A single output can only be meant, whatever its name. */
  private static Optional<TensorSpec> only(List<TensorSpec> outputs) {
    return outputs.size() == 1 && (outputs.get(0).rank() == 2 || outputs.get(0).rank() == 3)
        ? Optional.of(outputs.get(0))
        : Optional.empty();
  }

  /**
   * The vector of a row, new and of the length that the model gives it.
   *
   * @throws io.flinkinference.result.UnscorableException if it is no vector of numbers
   */
  float[] read(TokenBatch batch, int row, Outputs outputs) {
    FloatTensor tensor = outputs.get(output);
    float[] vector;
    if (rank == 2) {
      Rows.requireShape(output, tensor, batch.rows());
      vector = copy(tensor.data(), row * tensor.shape()[1], tensor.shape()[1]);
    } else {
      Rows.requireShape(output, tensor, batch.rows(), batch.width());
      int size = tensor.shape()[2];
      int start = row * batch.width() * size;
      vector =
          switch (pooling) {
            case CLS -> copy(tensor.data(), start, size);
            case MEAN -> mean(tensor.data(), start, batch.row(row).length(), size);
          };
    }
    Rows.requireNumbers(output, vector);
    return vector;
  }

  private static float[] copy(FloatBuffer data, int start, int size) {
    float[] vector = new float[size];
    data.get(start, vector);
    return vector;
  }

  /** Mean over the tokens of the row; what padding left behind them is not read. */
  private static float[] mean(FloatBuffer data, int start, int tokens, int size) {
    float[] sum = new float[size];
    float[] vector = new float[size]; // The compiler makes vector code of array loops only.
    for (int token = 0; token < tokens; token++) {
      data.get(start + token * size, vector);
      for (int i = 0; i < size; i++) {
        sum[i] += vector[i];
      }
    }
    for (int i = 0; i < size; i++) {
      sum[i] /= tokens;
    }
    return sum;
  }

  /** Divides a vector by its Euclidean length; the zero vector stays as it is. */
  static void scaleToUnitLength(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.max(Math.sqrt(squares), LEAST_LENGTH);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }
}
