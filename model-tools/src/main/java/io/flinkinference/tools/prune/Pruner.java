package io.flinkinference.tools.prune;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.descent.DescentResult;
import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.encoder.OwnBiases;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.prune.PruneReport.Counts;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes layers, heads and neurons out of a graph, and teaches the rest.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Pruner {

  /** Neurons are kept in blocks of so many, which fill the registers of processors. */
  private static final int NEURONS_BLOCK = 16;

  /** More texts hardly change the order of the pieces. */
  private static final int MOST_WEIGHED = 256;

  /** Texts on which layers are left out in turn. */
  private static final int MOST_TRIED = 32;

  /** One of so many texts is held out. */
  private static final int EVERY = 10;

  private static final int MOST_HELD_OUT = 300;

  private final PruneOptions options;
  private final List<Encoding> weighed;
  private final List<Encoding> learned = new ArrayList<>();
  private final List<Encoding> heldOut = new ArrayList<>();
  private final Progress progress;
  private final List<String> missed = new ArrayList<>();

  /**
   * @param texts by which pieces are weighed, like those that the model will get
   * @param recover texts to learn from; empty not to
   */
  public Pruner(
      PruneOptions options, List<Encoding> texts, List<Encoding> recover, Progress progress) {
    this.options = options;
    this.progress = progress;
    for (int i = 0; i < recover.size(); i++) {
      boolean out = i % EVERY == 0 && heldOut.size() < MOST_HELD_OUT;
      (out ? heldOut : learned).add(recover.get(i));
    }
    List<Encoding> some = recover.isEmpty() ? texts : learned;
    this.weighed = some.subList(0, Math.min(MOST_WEIGHED, some.size()));
    if (heldOut.isEmpty()) {
      heldOut.addAll(texts);
    }
  }

  /**
   * A smaller graph.
   *
   * @param graph as exported, not fused
   * @param report what was taken out
   */
  public record Pruned(Graph graph, PruneReport report) {}

  /**
   * Prunes.
   *
   * @param original as exported; stays as it is
   * @throws GraphException if nothing of what is asked for can be taken out
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public Pruned prune(Graph original) throws InterruptedException {
    Graph teacher = original.copy();
    Fusion.simplify(teacher);
    LayerStack stack =
        new LayerStack(teacher.copy(), EncoderLayers.of(teacher, Observation.of(teacher)));
    Outputs wanted = Outputs.of(teacher, heldOut);
    if (options.layers() > 0) {
      List<Encoding> tried = weighed.subList(0, Math.min(MOST_TRIED, weighed.size()));
      stack.remove(options.layers(), Outputs.of(teacher, tried), progress);
    }
    Graph graph = stack.graph();
    OwnBiases.give(graph);
    Counts heads = prune(graph, Units.Kind.HEADS, options.heads(), 1);
    Counts neurons = prune(graph, Units.Kind.NEURONS, options.neurons(), NEURONS_BLOCK);
    Closeness pruned = wanted.of(graph);
    Closeness recovered = null;
    PruneReport.Recovery recovery = null;
    if (!options.texts().isEmpty()) {
      DescentResult result =
          new Distillation(teacher, graph, stack.matches())
              .run(learned, wanted, options.epochs(), options.rate(), progress);
      recovery = new PruneReport.Recovery(learned.size(), result.epochs(), result.steps());
      recovered = wanted.of(graph);
    }
    return new Pruned(
        graph, new PruneReport(stack.gone(), neurons, heads, missed, pruned, recovered, recovery));
  }

  private Counts prune(Graph graph, Units.Kind kind, double share, int round) {
    Observation observation = Observation.of(graph);
    UnitSearch.Result found =
        kind == Units.Kind.HEADS
            ? UnitSearch.heads(graph, observation)
            : UnitSearch.neurons(graph, observation);
    int before = found.units().stream().mapToInt(Units::count).sum();
    if (share == 0) {
      return new Counts(before, before);
    }
    missed.addAll(found.missed());
    if (found.units().isEmpty()) {
      throw new GraphException(
          "The graph has no %s that can be taken out. %s"
              .formatted(
                  kind == Units.Kind.HEADS ? "heads" : "neurons",
                  missed.isEmpty()
                      ? "Its feed-forward parts are not two linear layers with a function between."
                      : String.join(" ", missed)));
    }
    Map<Units, float[]> means = Means.of(graph, found.units(), weighed);
    Map<Units, List<Integer>> kept =
        Importance.kept(
            Importance.of(graph, found.units(), means, weighed, progress), share, round);
    kept.forEach((units, some) -> Cutting.apply(graph, units, some, means.get(units)));
    return new Counts(before, kept.values().stream().mapToInt(List::size).sum());
  }
}
