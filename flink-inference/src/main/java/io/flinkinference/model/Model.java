package io.flinkinference.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A model directory, read and verified. Files only; nothing is loaded into memory.
 *
 * @param name name of the model: that of its directory, or the bundled name
 * @param onnxFile the graph
 * @param tokenizerFile {@code tokenizer.json}
 * @param sha256 SHA-256 of {@code onnxFile}, 64 hexadecimal digits; where weights are in files of
 *     their own, of it and of those after it: the graph's in the order of their names, then those
 *     of dense layers
 * @param tokenizerSha256 SHA-256 of {@code tokenizerFile}: with another one the same graph gives
 *     other results
 * @param graph what the graph says about itself
 * @param config what the directory's other files say
 */
public record Model(
    String name,
    Path onnxFile,
    Path tokenizerFile,
    String sha256,
    String tokenizerSha256,
    GraphFacts graph,
    ModelConfig config) {

  public Model {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(onnxFile, "onnxFile");
    Objects.requireNonNull(tokenizerFile, "tokenizerFile");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(tokenizerSha256, "tokenizerSha256");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(config, "config");
  }

  /** The same model, known to give a text other bits in another batch. */
  public Model varyingByBatch() {
    GraphFacts facts = new GraphFacts(graph.precision(), false, graph.opset());
    return new Model(name, onnxFile, tokenizerFile, sha256, tokenizerSha256, facts, config);
  }
}
