package io.flinkinference.tools.train;

import java.util.List;

/**
 * Vectors with their labels. The arrays are shared and not written to.
 *
 * @param vectors one for each text, all of one size
 * @param labels indexes of the labels of each text
 */
public record Examples(List<float[]> vectors, List<int[]> labels) {

  public Examples {
    if (vectors.size() != labels.size()) {
      throw new IllegalArgumentException(
          vectors.size() + " vectors have " + labels.size() + " labels.");
    }
    vectors = List.copyOf(vectors);
    labels = List.copyOf(labels);
  }

  /** Number of texts. */
  public int size() {
    return vectors.size();
  }

  int dimension() {
    return vectors.get(0).length;
  }
}
