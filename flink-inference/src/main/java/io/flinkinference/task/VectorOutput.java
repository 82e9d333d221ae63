package io.flinkinference.task;

import io.flinkinference.engine.TensorSpec;
import io.flinkinference.model.DenseModule;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import java.util.List;
import java.util.Optional;

/** Finds the output of an embedding model that holds vectors. */
final class VectorOutput {

  private static final String POOLED = "sentence_embedding";
  private static final List<String> TOKENS = List.of("last_hidden_state", "token_embeddings");

  /** Scores of labels, or of the words of the vocabulary: numbers, but no vectors. */
  private static final String SCORES = "logits";

  private VectorOutput() {}

  /**
   * Chooses an output by its name and rank.
   *
   * @throws ModelException if none suits
   */
  static TensorSpec choose(String model, List<TensorSpec> outputs) {
    return named(POOLED, 2, outputs)
        .or(() -> ofTokens(outputs))
        .or(() -> only(model, outputs))
        .orElseThrow(
            () ->
                new ModelException(
                    "Model '"
                        + model
                        + "' gives no vectors of texts. Wanted is "
                        + POOLED
                        + " [batch, size], or one of "
                        + TOKENS
                        + " [batch, sequence, size]; its outputs are "
                        + outputs
                        + "."));
  }

  /**
   * Chooses the vectors of tokens, also where the graph pools.
   *
   * @param pooling what the task wants to do with them
   * @throws ModelException if there are none
   */
  static TensorSpec chooseForPooling(String model, Pooling pooling, List<TensorSpec> outputs) {
    return ofTokens(outputs)
        .or(() -> only(model, outputs).filter(output -> output.rank() == 3))
        .orElseThrow(
            () ->
                new ModelException(
                    "The pooling of the task is "
                        + pooling
                        + ", but model '"
                        + model
                        + "' gives no vectors of tokens: its outputs are "
                        + outputs
                        + ". Leave the pooling out, for the graph pools in its own way, or export"
                        + " the model with the output "
                        + TOKENS.get(0)
                        + "."));
  }

  private static Optional<TensorSpec> ofTokens(List<TensorSpec> outputs) {
    return named(TOKENS.get(0), 3, outputs).or(() -> named(TOKENS.get(1), 3, outputs));
  }

  private static Optional<TensorSpec> named(String name, int rank, List<TensorSpec> outputs) {
    return outputs.stream()
        .filter(output -> output.name().equals(name) && output.rank() == rank)
        .findFirst();
  }

  /** A single output can only be meant, whatever its name, unless that says what else it is. */
  private static Optional<TensorSpec> only(String model, List<TensorSpec> outputs) {
    if (outputs.size() != 1) {
      return Optional.empty();
    }
    TensorSpec output = outputs.get(0);
    if (output.name().equals(SCORES)) {
      throw new ModelException(
          "Model '"
              + model
              + "' gives scores and no vectors of texts: its only output is "
              + output
              + ". For vectors export the encoder alone, with `--task feature-extraction`; for"
              + " labels in words by a model for natural-language inference take the task"
              + " zero-shot-by-inference.");
    }
    return output.rank() == 2 || output.rank() == 3 ? Optional.of(output) : Optional.empty();
  }

  /**
   * Checks that the vectors go into the dense layers, and each layer's into the next.
   *
   * @param inGraph whether the graph holds the layers
   */
  static void requireFits(
      String model, TensorSpec output, List<DenseModule> layers, boolean inGraph) {
    if (inGraph) {
      return;
    }
    long size = output.shape().get(output.rank() - 1);
    for (DenseModule layer : layers) {
      if (size >= 0 && size != layer.inputs()) {
        throw new ModelException(
            "The dense layer "
                + layer.weights()
                + " of model '"
                + model
                + "' takes vectors of "
                + layer.inputs()
                + " components, but what comes before it gives "
                + size
                + ". Copy graph and layer from the same model.");
      }
      size = layer.outputs();
    }
  }
}
