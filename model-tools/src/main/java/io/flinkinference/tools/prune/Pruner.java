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
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Observation;
import io.flinkinference.tools.texts.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private final PruneOptions options;
  private final List<Encoding> weighed;
  private final List<Encoding> learned;
  private final List<Encoding> heldOut;
  private final Progress progress;

  /**
   * @param texts like those that the model will get; where there are none to learn from, pieces are
   *     weighed by these, and answers held against each other on these too
   * @param recover texts to learn from, and to weigh by
   */
  public Pruner(
      PruneOptions options, List<Encoding> texts, RecoverTexts recover, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.learned = recover.learned();
    this.heldOut = learned.isEmpty() ? List.copyOf(texts) : recover.heldOut();
    this.weighed = Spread.of(learned.isEmpty() ? texts : learned, MOST_WEIGHED);
  }

  /**
   * A smaller graph.
   *
   * @param graph as exported, not fused
   * @param report what was taken out
   */
  public record Pruned(Graph graph, PruneReport report) {}

  /**
   * Prunes. Where one kind of pieces cannot be taken out the others are, and the report says so.
   *
   * @param original as exported; stays as it is
   * @throws GraphException if nothing of what is asked for can be taken out, or no layer would be
   *     left
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public Pruned prune(Graph original) throws InterruptedException {
    Graph teacher = original.copy();
    Fusion.simplify(teacher);
    LayerStack stack =
        new LayerStack(teacher.copy(), EncoderLayers.of(teacher, Observation.of(teacher)));
    stack.requireMoreThan(options.layers());
    Likeness likeness = likeness(teacher, heldOut);
    List<String> missed = new ArrayList<>();
    if (options.layers() > 0) {
      List<Encoding> tried = Spread.of(weighed, MOST_TRIED);
      stack.remove(options.layers(), likeness(teacher, tried), progress);
      missed.addAll(missed(stack));
    }
    Graph graph = stack.graph();
    OwnBiases.give(graph);
    Taken heads = prune(graph, Units.Kind.HEADS, options.heads(), 1);
    Taken neurons = prune(graph, Units.Kind.NEURONS, options.neurons(), NEURONS_BLOCK);
    missed.addAll(heads.missed());
    missed.addAll(neurons.missed());
    if (options.prunes() && stack.gone().isEmpty() && !heads.any() && !neurons.any()) {
      throw new GraphException(
          "Nothing that is asked for can be taken out. %s Ask for other pieces, or give the export of another model."
              .formatted(String.join(" ", missed)));
    }
    Closeness pruned = closeness(likeness, graph);
    Closeness recovered = null;
    PruneReport.Recovery recovery = null;
    if (!learned.isEmpty()) {
      DescentResult result =
          new Distillation(teacher, graph, stack.matches())
              .run(learned, likeness, options.epochs(), options.rate(), progress);
      recovery = new PruneReport.Recovery(learned.size(), result.epochs(), result.steps());
      recovered = closeness(likeness, graph);
    }
    return new Pruned(
        graph,
        new PruneReport(
            stack.gone(), neurons.counts(), heads.counts(), missed, pruned, recovered, recovery));
  }

  private Likeness likeness(Graph teacher, List<Encoding> texts) {
    try (Progress.Work work = progress.begin("asking the original", texts.size())) {
      return Likeness.to(teacher, texts, work::step);
    }
  }

  private Closeness closeness(Likeness likeness, Graph graph) {
    try (Progress.Work work = progress.begin("asking what is left", heldOut.size())) {
      return Closeness.of(likeness.of(graph, work::step));
    }
  }

  private List<String> missed(LayerStack stack) {
    int gone = stack.gone().size();
    if (gone == options.layers()) {
      return List.of();
    }
    return List.of(
        gone == 0
            ? "No layer can be left out: each is gone around by a connection of its own."
            : "No more than %d layers can be left out: each other is gone around by a connection of its own."
                .formatted(gone));
  }

  /**
   * What came of a kind of pieces.
   *
   * @param any whether some were taken out
   * @param missed what could not be taken out though it was asked for
   */
  private record Taken(Counts counts, boolean any, List<String> missed) {}

  private Taken prune(Graph graph, Units.Kind kind, double share, int round) {
    Observation observation = Observation.of(graph);
    UnitSearch.Result found =
        kind == Units.Kind.HEADS
            ? UnitSearch.heads(graph, observation)
            : UnitSearch.neurons(graph, observation);
    int before = found.units().stream().mapToInt(Units::count).sum();
    if (share == 0) {
      return new Taken(new Counts(before, before), false, List.of());
    }
    if (found.units().isEmpty()) {
      return new Taken(new Counts(0, 0), false, none(kind, found.missed()));
    }
    Map<Units, float[]> means = Means.of(graph, found.units(), weighed, progress);
    Map<Units, List<Integer>> kept =
        Importance.kept(
            Importance.of(graph, found.units(), means, weighed, progress), share, round);
    kept.forEach((units, some) -> Cutting.apply(graph, units, some, means.get(units)));
    int after = kept.values().stream().mapToInt(List::size).sum();
    List<String> missed = new ArrayList<>(found.missed());
    if (after == before) {
      missed.add(
          "A share of %s takes none of the %d %s out. Ask for a larger one."
              .formatted(share, before, kind.name().toLowerCase(Locale.ROOT)));
    }
    return new Taken(new Counts(before, after), after < before, missed);
  }

  private static List<String> none(Units.Kind kind, List<String> missed) {
    List<String> all = new ArrayList<>();
    if (kind == Units.Kind.HEADS) {
      all.add("The graph has no heads that can be taken out.");
    } else {
      all.add(
          "The graph has no neurons that can be taken out: its feed-forward parts are not two"
              + " linear layers with a function between.");
    }
    all.addAll(missed);
    return all;
  }
}
