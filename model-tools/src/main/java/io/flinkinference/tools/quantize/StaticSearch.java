package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import java.util.ArrayList;
import java.util.Comparator;
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
final class StaticSearch {

  private static final double[] EXPONENTS = {0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

  private final Graph graph;
  private final List<Layer> layers;
  private final Map<String, Ranges> ranges;
  private final Fidelity fidelity;
  private final QuantizeOptions options;
  private final Consumer<String> progress;

  private StaticSearch(
      Graph graph,
      List<Layer> layers,
      Map<String, Ranges> ranges,
      Fidelity fidelity,
      QuantizeOptions options,
      Consumer<String> progress) {
    this.graph = graph;
    this.layers = layers;
    this.ranges = ranges;
    this.fidelity = fidelity;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Searches.
   *
   * @param graph fused, whose layers are of fp32
   * @param texts ranges come from those for calibration
   * @param fidelity by which forms are compared
   * @param progress is told each step in words
   */
  static StaticForm search(
      Graph graph,
      List<Layer> layers,
      CalibrationTexts texts,
      Fidelity fidelity,
      QuantizeOptions options,
      Consumer<String> progress) {
    Set<String> inputs = new HashSet<>();
    layers.forEach(layer -> inputs.add(layer.input()));
    Map<String, Ranges> ranges = Ranges.of(graph, inputs, texts.calibration());
    return new StaticSearch(graph, layers, ranges, fidelity, options, progress)
        .search(options.leastCosine());
  }

  private StaticForm search(double least) {
    Best best = exponents();
    if (best.cosine < least) {
      best = withExact(best, least);
    }
    // In the order of the graph, so that the same search says the same.
    Set<String> kept = best.plan.exact();
    List<String> exact = layers.stream().map(Layer::output).filter(kept::contains).toList();
    return new StaticForm(form(best.plan), best.cosine, exact, best.exponent);
  }

  private Best exponents() {
    Best best = null;
    for (double exponent : EXPONENTS) {
      Map<String, Double> all = new HashMap<>();
      layers.forEach(layer -> all.put(layer.output(), exponent));
      Best one = tried(new StaticPlan(all, Set.of(), options.most()), exponent);
      progress.accept("Exponent %.1f: mean cosine %.5f".formatted(exponent, one.cosine));
      if (best == null || one.cosine > best.cosine) {
        best = one;
      }
    }
    return best;
  }

  /** Leaves layers fp32, those first without which most is won, until that is enough. */
  private Best withExact(Best from, double least) {
    Map<String, Double> reached = new HashMap<>();
    for (Layer layer : layers) {
      StaticPlan plan = from.plan.withExact(layer.output());
      reached.put(layer.output(), tried(plan, from.exponent).cosine);
    }
    List<Layer> worstFirst = new ArrayList<>(layers);
    worstFirst.sort(Comparator.comparingDouble(layer -> -reached.get(layer.output())));
    Best best = from;
    for (Layer layer : worstFirst) {
      best = tried(best.plan.withExact(layer.output()), best.exponent);
      progress.accept("%s stays fp32: mean cosine %.5f".formatted(layer.output(), best.cosine));
      if (best.cosine >= least) {
        break;
      }
    }
    return best;
  }

  private Best tried(StaticPlan plan, double exponent) {
    return new Best(plan, exponent, fidelity.means(form(plan)).worse());
  }

  private Graph form(StaticPlan plan) {
    return StaticInt8.quantize(graph, layers, ranges, plan);
  }

  private record Best(StaticPlan plan, double exponent, double cosine) {}
}
