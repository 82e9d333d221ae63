package io.flinkinference.benchmarks.workload;

import java.util.List;

/**
 * Texts in the order of a stream.
 *
 * @param description what they are, in a few words; stands beside each figure
 * @param texts none of them blank, at least one
 */
public record Workload(String description, List<String> texts) {

  public Workload {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(description + ": there are no texts.");
    }
  }
}
