package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.quantize.Unquantized;
import io.flinkinference.tools.session.ValueCheck;
import java.util.List;

/**
 * What fusing a graph made of it, held against what it was.
 *
 * @param passes what each did
 * @param check of the values inside; of none where it does not compute with floats of 32 bits
 */
record CheckedFusion(List<PassReport> passes, ValueCheck check) {

  /**
   * Fuses a graph in place.
   *
   * @param texts token ids by which both are compared
   * @throws GraphException if they differ by more than rounding
   */
  static CheckedFusion of(Graph graph, Model model, List<Encoding> texts) {
    Graph before = graph.copy();
    List<PassReport> passes = Fusion.fuse(graph);
    // A graph that is quantised rounds small differences to whole steps. Weights that are halves in
    // the file alone, and floats where they are read, round nothing.
    boolean comparable = model.graph().precision().equals("fp32") || Unquantized.is(graph);
    return new CheckedFusion(
        passes,
        comparable ? CheckBatches.check(model, texts, before, graph) : new ValueCheck(0, 0, ""));
  }
}
