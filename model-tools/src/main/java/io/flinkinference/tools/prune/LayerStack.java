package io.flinkinference.tools.prune;

import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Likeness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers that a graph still has, and the values between them with those of the original that
 * they stand for.
 */
final class LayerStack {

  private Graph graph;
  private final List<Integer> layers = new ArrayList<>();
  private final List<Integer> gone = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final List<String> originals = new ArrayList<>();
  private final List<Boolean> chained = new ArrayList<>();

  LayerStack(Graph graph, EncoderLayers from) {
    this.graph = graph;
    for (int i = 0; i <= from.count(); i++) {
      values.add(from.input(i));
      originals.add(from.input(i));
      if (i < from.count()) {
        layers.add(i);
        chained.add(from.isChained(graph, i));
      }
    }
  }

  /**
   * Checks that layers would be left.
   *
   * @throws GraphException if there are not more than so many
   */
  void requireMoreThan(int count) {
    if (count >= layers.size()) {
      throw new GraphException(
          "The model has %d layers, so %d cannot be taken out: one stays at least. Ask for fewer, or take out neurons or heads instead."
              .formatted(layers.size(), count));
    }
  }

  /**
   * Takes out, one by one, the layer without which the outputs change least. Ends before it is
   * through if no other can be left out.
   */
  void remove(int count, Likeness likeness, Progress progress) {
    long trials = count * (long) layers.size() - count * (count - 1L) / 2; // One fewer each time.
    try (Progress.Work work = progress.begin("leaving layers out", trials)) {
      for (int i = 0; i < count; i++) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int at = 0; at < layers.size(); at++) {
          if (chained.get(at)) {
            double error = Closeness.of(likeness.of(without(at), () -> {})).error();
            if (error < least) {
              least = error;
              best = at;
            }
          }
          work.step();
        }
        if (best < 0) {
          return;
        }
        remove(best);
      }
    }
  }

  private void remove(int at) {
    graph = without(at);
    gone.add(layers.remove(at));
    chained.remove(at);
    // What comes in now stands for what came out.
    originals.remove(at);
    values.remove(at + 1);
  }

  private Graph without(int at) {
    Graph less = graph.copy();
    String in = values.get(at);
    String out = values.get(at + 1);
    less.replaceReads(out, in);
    if (less.isOutput(out)) {
      less.remove(List.of(less.producer(out).orElseThrow()));
      less.add(Node.of("Identity", List.of(in), out));
    }
    DeadNodes.remove(less);
    return less;
  }

  Graph graph() {
    return graph;
  }

  /** Numbers of the layers that are gone, sorted. */
  List<Integer> gone() {
    return gone.stream().sorted().toList();
  }

  /** Values that layers end with, with those of the original that they should be like. */
  Map<String, String> matches() {
    Map<String, String> matches = new LinkedHashMap<>();
    for (int i = 1; i < values.size(); i++) {
      matches.put(values.get(i), originals.get(i));
    }
    return matches;
  }
}
