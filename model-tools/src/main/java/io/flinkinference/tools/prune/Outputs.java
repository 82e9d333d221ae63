package io.flinkinference.tools.prune;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Likeness.Near;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a graph says of some texts, to be held against what others say. */
final class Outputs {

  private final Likeness likeness;

  private Outputs(Likeness likeness) {
    this.likeness = likeness;
  }

  /**
   * Asks a graph.
   *
   * @param done called with each text that is answered, by any threads at once
   */
  static Outputs of(Graph graph, List<Encoding> texts, Runnable done) {
    return new Outputs(Likeness.to(graph, texts, done));
  }

  /**
   * How near another graph comes.
   *
   * @param done called with each text that is answered, by any threads at once
   */
  Closeness of(Graph other, Runnable done) {
    return closeness(likeness.of(other, done));
  }

  Closeness of(Function<TokenBatch, Map<String, Tensor>> run) {
    return closeness(likeness.of(run));
  }

  private static Closeness closeness(List<Near> all) {
    return new Closeness(
        all.stream().mapToDouble(Near::likeness).average().orElseThrow(),
        all.stream().mapToDouble(Near::distance).sum()
            / all.stream().mapToDouble(Near::length).sum());
  }
}
