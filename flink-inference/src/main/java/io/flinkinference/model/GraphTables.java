package io.flinkinference.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the embedding tables of a graph: by the node that looks token ids up, or by the name that
 * exporters give the weights. What an optimiser has hidden is not found.
 *
 * <p>Owned by one thread.
 */
final class GraphTables {

  private static final List<String> POSITIONS =
      List.of(
          "position_embeddings.weight",
          "position_embeddings.weight_quantized",
          "embed_positions.weight",
          "wpe.weight");

  private final Map<String, Long> rows = new HashMap<>();
  private String vocabulary = "";
  private String positions = "";

  void addWeights(String name, long firstDimension) {
    if (name.isEmpty()) {
      return; // No node can ask for it.
    }
    rows.put(name, firstDimension);
    if (POSITIONS.stream().anyMatch(name::endsWith)) {
      positions = name;
    }
  }

  void addNode(String operator, List<String> inputs) {
    if (operator.equals("Gather") && inputs.size() == 2 && inputs.get(1).equals("input_ids")) {
      vocabulary = inputs.get(0);
    } else if (operator.endsWith("EmbedLayerNormalization") && inputs.size() > 3) {
      // com.microsoft: ids, segments, table of the words, table of the positions, …
      vocabulary = inputs.get(2);
      positions = inputs.get(3);
    }
  }

  long vocabularyRows() {
    return rows.getOrDefault(vocabulary, -1L);
  }

  long positionRows() {
    return rows.getOrDefault(positions, -1L);
  }
}
