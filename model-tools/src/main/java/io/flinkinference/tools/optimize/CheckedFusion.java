package io.flinkinference.tools.optimize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.progress.Progress;
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

  /** The fusing, and the batches on which it is checked. */
  private static final int STEPS = 1 + CheckBatches.COUNT;

  /**
   * Fuses a graph. If it is another one then, its attentions stay as they are: one that only looks
   * like those that are known is no reason to leave the rest.
   *
   * @param graph may be changed
   * @param texts token ids by which both are compared
   * @param progress is told how far it is
   * @throws GraphException if they differ by more than rounding without attentions too, or the
   *     graph cannot be run
   */
  static CheckedFusion of(Graph graph, Model model, List<Encoding> texts, Progress progress) {
    Encoding text = texts.get(0);
    graph.setEndToken(text.id(text.length() - 1));
    Graph before = graph.copy();
    try (Progress.Work work = progress.begin("Fusing", STEPS)) {
      List<PassReport> passes = Fusion.fuse(graph);
      work.step();
      return new CheckedFusion(graph, passes, check(model, texts, before, graph, work), null);
    } catch (OtherGraphException e) {
      Graph second = before.copy();
      String why = "No attention is fused, for then: " + e.getMessage();
      try (Progress.Work work = progress.begin("Fusing without attentions", STEPS)) {
        List<PassReport> passes = Fusion.fuseButAttention(second, why);
        work.step();
        return new CheckedFusion(second, passes, check(model, texts, before, second, work), why);
      }
    }
  }

  private static ValueCheck check(
      Model model, List<Encoding> texts, Graph before, Graph after, Progress.Work work) {
    // A graph that is quantised rounds small differences to whole steps. Weights that are halves in
    // the file alone, and floats where they are read, round nothing.
    boolean comparable = model.graph().precision().equals("fp32") || Unquantized.is(after);
    return comparable
        ? CheckBatches.check(model, texts, before, after, work::step)
        : new ValueCheck(0, 0, "");
  }
}
