package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.quantize.Unquantized;
import io.flinkinference.tools.session.OtherGraphException;
import io.flinkinference.tools.session.ValueCheck;
import java.util.List;

/**
 * What fusing a graph made of it, held against what it was.
 *
 * @param graph fused
 * @param passes what each did
 * @param check of the values inside; of none where it does not compute with floats of 32 bits
 * @param withoutAttention why attentions are not fused, or null where they may be
 */
record CheckedFusion(
    Graph graph, List<PassReport> passes, ValueCheck check, String withoutAttention) {

  /**
   * Fuses a graph. If it is another one then, its attentions stay as they are: one that only looks
   * like those that are known is no reason to leave the rest.
   *
   * @param graph may be changed
   * @param texts token ids by which both are compared
   * @throws GraphException if they differ by more than rounding without attentions too, or the
   *     graph cannot be run
   */
  static CheckedFusion of(Graph graph, Model model, List<Encoding> texts) {
    Graph before = graph.copy();
    try {
      List<PassReport> passes = Fusion.fuse(graph);
      return new CheckedFusion(graph, passes, check(model, texts, before, graph), null);
    } catch (OtherGraphException e) {
      Graph second = before.copy();
      String why = "No attention is fused, for then: " + e.getMessage();
      List<PassReport> passes = Fusion.fuseButAttention(second, why);
      return new CheckedFusion(second, passes, check(model, texts, before, second), why);
    }
  }

  private static ValueCheck check(Model model, List<Encoding> texts, Graph before, Graph after) {
    // A graph that is quantised rounds small differences to whole steps. Weights that are halves in
    // the file alone, and floats where they are read, round nothing.
    boolean comparable = model.graph().precision().equals("fp32") || Unquantized.is(after);
    return comparable ? CheckBatches.check(model, texts, before, after) : new ValueCheck(0, 0, "");
  }
}
