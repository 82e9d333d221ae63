package io.flinkinference.tools.descent;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights that are learned, in a fixed order.
 *
 * <p><b>Thread safety:</b> for one thread, but for sessions that read.
 */
public final class Parameters implements AutoCloseable {

  private final Map<String, Weights> weights = new LinkedHashMap<>();
  private final List<Boolean> matrices = new ArrayList<>();

  /** Copies constants of a graph. */
  public Parameters(Graph graph, Collection<String> names) {
    for (String name : names) {
      weights.put(name, Weights.of(graph.constant(name).orElseThrow()));
      matrices.add(graph.constant(name).orElseThrow().rank() > 1);
    }
  }

  /** By their names. */
  Map<String, Weights> weights() {
    return Collections.unmodifiableMap(weights);
  }

  List<Weights> list() {
    return List.copyOf(weights.values());
  }

  List<String> names() {
    return List.copyOf(weights.keySet());
  }

  /** Whether one is a matrix, and not a bias or the scale of a normalisation. */
  boolean isMatrix(int index) {
    return matrices.get(index);
  }

  /** A copy of all numbers. */
  public List<float[]> copy() {
    List<float[]> copy = new ArrayList<>();
    for (Weights one : weights.values()) {
      float[] values = new float[one.count()];
      one.get(0, values, values.length);
      copy.add(values);
    }
    return copy;
  }

  /** Puts the numbers of a copy back. */
  public void restore(List<float[]> copy) {
    int index = 0;
    for (Weights one : weights.values()) {
      float[] values = copy.get(index++);
      one.put(0, values, values.length);
    }
  }

  /** Opens a graph that reads these anew at each run, in place of its constants of their names. */
  public GraphSession open(Graph graph) {
    Graph fed = graph.copy();
    weights.keySet().forEach(fed::feedConstant);
    return GraphSession.open(fed, weights, Set.of());
  }

  /** Writes all numbers into the constants of a graph that have the same names. */
  public void store(Graph graph) {
    weights.forEach((name, one) -> graph.setConstant(name, one.tensor()));
  }

  @Override
  public void close() {
    weights.values().forEach(Weights::close);
  }
}
