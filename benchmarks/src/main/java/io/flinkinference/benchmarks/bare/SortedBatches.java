package io.flinkinference.benchmarks.bare;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The least padding that a budget allows: all texts are there, sorted by length. */
final class SortedBatches {

  private SortedBatches() {}

  /** Batches of neighbours by length, the longest first, so that no thread ends much later. */
  static List<TokenBatch> of(List<Encoding> encodings, int tokenBudget) {
    List<Encoding> sorted = new ArrayList<>(encodings);
    sorted.sort(Comparator.comparingInt(Encoding::length).reversed());
    List<TokenBatch> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int rows = Math.max(1, tokenBudget / sorted.get(from).length());
      int to = Math.min(sorted.size(), from + rows);
      batches.add(TokenBatch.of(sorted.subList(from, to)));
      from = to;
    }
    return batches;
  }
}
