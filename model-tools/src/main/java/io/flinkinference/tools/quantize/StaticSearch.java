package io.flinkinference.tools.quantize;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds a static form of 8 bits: ranges come from some texts, and the exponent of the smoothing and
 * the layers that stay fp32 are chosen on others.
 */
public final class StaticSearch {

  private static final double[] EXPONENTS = {0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

  private final Graph graph;
  private final List<Layer> layers;
  private final Map<String, Ranges> ranges;
  private final Fidelity fidelity;
  private final Consumer<String> progress;

  private StaticSearch(
      Graph graph,
      List<Layer> layers,
      Map<String, Ranges> ranges,
      Fidelity fidelity,
      Consumer<String> progress) {
    this.graph = graph;
    this.layers = layers;
    this.ranges = ranges;
    this.fidelity = fidelity;
    this.progress = progress;
  }

  /**
   * Searches.
   *
   * @param graph fused, of fp32
   * @param calibration texts from which the ranges of activations come
   * @param heldOut texts on which forms are compared
   * @param least mean cosine on these; layers stay fp32 until it is reached
   * @param progress is told each step in words
   */
  public static StaticForm search(
      Graph graph,
      List<Encoding> calibration,
      List<Encoding> heldOut,
      double least,
      Consumer<String> progress) {
    List<Layer> layers = Layer.all(graph, Observation.of(graph));
    Set<String> inputs = new HashSet<>();
    layers.forEach(layer -> inputs.add(layer.input()));
    StaticSearch search =
        new StaticSearch(
            graph,
            layers,
            Ranges.of(graph, inputs, calibration),
            Fidelity.to(graph, heldOut),
            progress);
    return search.search(least);
  }

  private StaticForm search(double least) {
    Best best = exponents();
    Set<String> left = new HashSet<>();
    layers.forEach(layer -> left.add(layer.output()));
    while (best.cosine < least && !left.isEmpty()) {
      best = withoutWorst(best, left);
    }
    return new StaticForm(
        form(best.plan), best.cosine, layers.size(), List.copyOf(best.plan.exact()), best.exponent);
  }

  private Best exponents() {
    Best best = null;
    for (double exponent : EXPONENTS) {
      Map<String, Double> all = new HashMap<>();
      layers.forEach(layer -> all.put(layer.output(), exponent));
      Best one = tried(new StaticPlan(all, Set.of()), exponent);
      progress.accept("Exponent %.1f: mean cosine %.5f".formatted(exponent, one.cosine));
      if (best == null || one.cosine > best.cosine) {
        best = one;
      }
    }
    return best;
  }

  /** Leaves the layer fp32 without which most is lost. */
  private Best withoutWorst(Best from, Set<String> left) {
    Best best = null;
    String worst = null;
    for (String layer : new ArrayList<>(left)) {
      Best one = tried(from.plan.withExact(layer), from.exponent);
      if (best == null || one.cosine > best.cosine) {
        best = one;
        worst = layer;
      }
    }
    left.remove(worst);
    progress.accept("%s stays fp32: mean cosine %.5f".formatted(worst, best.cosine));
    return best;
  }

  private Best tried(StaticPlan plan, double exponent) {
    return new Best(plan, exponent, fidelity.of(form(plan)));
  }

  private Graph form(StaticPlan plan) {
    return StaticInt8.quantize(graph, layers, ranges, plan);
  }

  private record Best(StaticPlan plan, double exponent, double cosine) {}
}
