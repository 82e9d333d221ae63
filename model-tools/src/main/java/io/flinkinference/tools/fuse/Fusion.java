package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.session.ConstantFolding;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * All passes, in an order in which each finds what the one before it has made.
 *
 * <p>Passes look at the values of one run where the graph alone does not tell: numbers of heads,
 * which input a mask is made of, constants that an exporter computes. That one run shows what is so
 * for all texts is not proven by them, but afterwards, for the whole graph: {@code ValueCheck}
 * holds each value against the original's, on real and on random ids and on a long text. So the
 * passes may be short.
 */
public final class Fusion {

  private static final List<Pass> PASSES =
      List.of(new AttentionFusion(), new LayerNormFusion(true), new GeluFusion(), new FirstToken());

  /** Passes after which the gradients of all nodes are known, and are fewer. */
  private static final List<Pass> DERIVABLE = List.of(new LayerNormFusion(false), new GeluFusion());

  private Fusion() {}

  /**
   * Takes out what only hands on or could be computed beforehand. Values that are left keep their
   * names.
   */
  public static List<PassReport> simplify(Graph graph) {
    List<PassReport> reports = new ArrayList<>();
    // First, for a copy of a shared weight would become a weight of its own when it is folded.
    reports.add(Identities.remove(graph));
    reports.add(new PassReport("Constants folded", ConstantFolding.fold(graph), List.of()));
    return reports;
  }

  /**
   * Makes as few nodes as can be derived. Weights keep their names.
   *
   * @param graph simplified
   */
  public static void fuseDerivable(Graph graph) {
    Observation observation = Observation.of(graph);
    for (Pass pass : DERIVABLE) {
      pass.apply(graph, observation);
      DeadNodes.remove(graph);
    }
  }

  /**
   * Rewrites a graph. Its outputs stay what they are up to rounding, which a caller should try.
   *
   * @return what each pass did
   */
  public static List<PassReport> fuse(Graph graph) {
    return fuse(graph, PASSES);
  }

  /**
   * Rewrites a graph, but leaves its attentions, which differ most between models.
   *
   * @param why as a sentence, for the report
   */
  public static List<PassReport> fuseButAttention(Graph graph, String why) {
    List<Pass> passes = new ArrayList<>(PASSES);
    passes.replaceAll(pass -> pass instanceof AttentionFusion ? left(why) : pass);
    return fuse(graph, passes);
  }

  private static Pass left(String why) {
    return (graph, observation) -> new PassReport(AttentionFusion.NAME, 0, List.of(why));
  }

  private static List<PassReport> fuse(Graph graph, List<Pass> passes) {
    List<PassReport> reports = simplify(graph);
    Observation observation = Observation.of(graph);
    for (Pass pass : passes) {
      reports.add(pass.apply(graph, observation));
      DeadNodes.remove(graph);
    }
    return reports;
  }
}
