package io.flinkinference.benchmarks.peers.model;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.Pooling;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * The model that all sides run, and how its directory wants it to be used.
 *
 * @param onnxFile the graph
 * @param tokenizerFile tokenizer.json of the model
 * @param maxTokens most tokens of a text, special tokens included; longer ones are cut
 * @param pooling how token vectors become the vector of a text
 * @param normalized whether vectors are scaled to length 1
 * @param firstPosition position of a text's first token, for graphs that take positions
 * @param inputs what the graph takes
 */
public record ModelSettings(
    String onnxFile,
    String tokenizerFile,
    int maxTokens,
    Pooling pooling,
    boolean normalized,
    int firstPosition,
    List<GraphInput> inputs)
    implements Serializable {

  public ModelSettings {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads the settings of an embedding model.
   *
   * @throws ModelException if it is no such model, for the libraries that are compared embed texts,
   *     or one that does more than they do
   */
  public static ModelSettings of(Model model) {
    if (model.config().pooling() == null) {
      throw new ModelException(
          "Peers are compared on an embedding model, but the directory of "
              + model.name()
              + " does not say how to pool. Name a model with 1_Pooling/config.json.");
    }
    if (!model.config().dense().isEmpty()) {
      throw new ModelException(
          "Peers are compared on what comes out of the pooling, but "
              + model.name()
              + " has dense layers behind it, which none of them applies. Name a model without"
              + " 2_Dense.");
    }
    return new ModelSettings(
        model.onnxFile().toString(),
        model.tokenizerFile().toString(),
        model.config().maxTokens(),
        model.config().pooling(),
        model.config().normalized(),
        model.config().layout().firstPosition(),
        GraphInput.of(model.onnxFile()));
  }

  /** Whether the graph has an input of that name. */
  boolean takes(String input) {
    return inputs.stream().anyMatch(taken -> taken.name().equals(input));
  }

  /** The graph. */
  Path graph() {
    return Path.of(onnxFile);
  }

  /** tokenizer.json of the model. */
  Path tokenizer() {
    return Path.of(tokenizerFile);
  }
}
