package io.flinkinference.tools.quantize;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Finds a static form of 8 bits: each layer is rounded by what some texts show, and layers stay
 * fp32, those that lose most first, until the form is near enough on other texts.
 */
final class StaticSearch {

  /** Each holds moments of all pairs of its channels: 38 MB for 3,072 of them. */
  private static final int AT_ONCE = 4;

  private final Graph graph;
  private final List<Layer> layers;
  private final Map<String, StaticLayer> ways; // By outputs of layers.
  private final Fidelity fidelity;
  private final Progress progress;

  private StaticSearch(
      Graph graph,
      List<Layer> layers,
      Map<String, StaticLayer> ways,
      Fidelity fidelity,
      Progress progress) {
    this.graph = graph;
    this.layers = layers;
    this.ways = ways;
    this.fidelity = fidelity;
    this.progress = progress;
  }

  /**
   * Searches.
   *
   * @param graph fused, whose layers are of fp32
   * @param texts activations come from those for calibration
   * @param fidelity by which forms are compared
   * @param progress is told how far it is
   */
  static StaticForm search(
      Graph graph,
      List<Layer> layers,
      CalibrationTexts texts,
      Fidelity fidelity,
      QuantizeOptions options,
      Progress progress) {
    Set<String> inputs = layers.stream().map(Layer::input).collect(Collectors.toSet());
    Map<String, Activations> activations =
        Activations.of(graph, inputs, texts.calibration(), progress);
    Map<String, StaticLayer> ways = new ConcurrentHashMap<>();
    List<List<Layer>> groups =
        List.copyOf(
            layers.stream()
                .collect(
                    Collectors.groupingBy(Layer::weights, LinkedHashMap::new, Collectors.toList()))
                .values());
    // Weights have nothing to do with each other, so the result does not depend on the processors.
    try (Progress.Work work = progress.begin("Rounding layers", groups.size())) {
      for (int from = 0; from < groups.size(); from += AT_ONCE) {
        groups.subList(from, Math.min(groups.size(), from + AT_ONCE)).parallelStream()
            .forEach(
                sharing -> {
                  ways.putAll(round(graph, sharing, activations, options));
                  work.step();
                });
      }
    }
    return new StaticSearch(graph, layers, ways, fidelity, progress).search(options.leastCosine());
  }

  /** How layers that share their weights are rounded, by their outputs. */
  private static Map<String, StaticLayer> round(
      Graph graph,
      List<Layer> sharing,
      Map<String, Activations> activations,
      QuantizeOptions options) {
    List<Activations> readers =
        sharing.stream().map(layer -> activations.get(layer.input())).toList();
    float[] weights = sharing.get(0).weights(graph).toFloats();
    List<StaticLayer> all = StaticLayer.of(readers, weights, options.most());
    Map<String, StaticLayer> ways = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      ways.put(sharing.get(i).output(), all.get(i));
    }
    return ways;
  }

  private StaticForm search(double least) {
    StaticForm best;
    try (Progress.Work work = progress.begin("Trying all layers of 8 bits", fidelity.texts())) {
      best = form(Set.of(), work);
    }
    return best.cosine() < least ? withExact(best, least) : best;
  }

  /** Leaves layers fp32, those first without which most is won, until that is enough. */
  private StaticForm withExact(StaticForm from, double least) {
    long steps = layers.size() * fidelity.texts();
    Map<String, Double> reached = new HashMap<>();
    try (Progress.Work work = progress.begin("Trying each layer of fp32", steps)) {
      for (Layer layer : layers) {
        reached.put(layer.output(), form(Set.of(layer.output()), work).cosine());
      }
    }
    List<Layer> worstFirst = new ArrayList<>(layers);
    worstFirst.sort(Comparator.comparingDouble(layer -> -reached.get(layer.output())));
    StaticForm best = from;
    Set<String> exact = new HashSet<>();
    try (Progress.Work work = progress.begin("Leaving layers fp32, at most", steps)) {
      for (Layer layer : worstFirst) {
        exact.add(layer.output());
        best = form(exact, work);
        if (best.cosine() >= least) {
          break;
        }
      }
    }
    return best;
  }

  private StaticForm form(Set<String> exact, Progress.Work work) {
    Graph form = StaticInt8.quantize(graph, layers, ways, exact);
    // In the order of the graph, so that the same search says the same.
    List<String> kept = layers.stream().map(Layer::output).filter(exact::contains).toList();
    return new StaticForm(form, fidelity.means(form, work::step).worse(), kept);
  }
}
