package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    Set<String> left = new LinkedHashSet<>();
    layers.forEach(layer -> left.add(layer.output()));
    while (best.cosine < least && !left.isEmpty()) {
      best = withoutWorst(best, left);
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
    return new Best(plan, exponent, fidelity.means(form(plan)).worse());
  }

  private Graph form(StaticPlan plan) {
    return StaticInt8.quantize(graph, layers, ranges, plan);
  }

  private record Best(StaticPlan plan, double exponent, double cosine) {}
}
