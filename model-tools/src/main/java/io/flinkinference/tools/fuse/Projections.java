package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The linear layers of queries, keys and values, side by side.
 *
 * @param input name of what all three read
 * @param layers in that order
 */
record Projections(String input, List<Linear> layers) {

  static Optional<Projections> of(Graph graph, Heads queries, Heads keys, Heads values) {
    Optional<Linear> query = Linear.at(graph, queries.source());
    Optional<Linear> key = Linear.at(graph, keys.source());
    Optional<Linear> value = Linear.at(graph, values.source());
    if (query.isEmpty() || key.isEmpty() || value.isEmpty() || values.scale() != 1) {
      return Optional.empty();
    }
    List<Linear> layers = List.of(query.get(), key.get(), value.get());
    String input = query.get().input();
    boolean same =
        layers.stream()
            .allMatch(
                one ->
                    one.input().equals(input)
                        && one.outputSize() == query.get().outputSize()
                        && one.inputSize() == query.get().inputSize());
    return same ? Optional.of(new Projections(input, layers)) : Optional.empty();
  }

  /** Of shape [in, 3 * out]. */
  Tensor weights() {
    int in = layers.get(0).inputSize();
    int out = layers.get(0).outputSize();
    float[] all = new float[in * 3 * out];
    for (int i = 0; i < 3; i++) {
      float[] weights = layers.get(i).weights().toFloats();
      for (int row = 0; row < in; row++) {
        System.arraycopy(weights, row * out, all, (row * 3 + i) * out, out);
      }
    }
    return Tensor.floats(all, in, 3L * out);
  }

  /** Of shape [3 * out]; zeros where a layer has none. */
  Tensor bias() {
    int out = layers.get(0).outputSize();
    float[] all = new float[3 * out];
    for (int i = 0; i < 3; i++) {
      if (layers.get(i).bias() != null) {
        System.arraycopy(layers.get(i).bias().toFloats(), 0, all, i * out, out);
      }
    }
    return Tensor.floats(all, 3L * out);
  }
}
