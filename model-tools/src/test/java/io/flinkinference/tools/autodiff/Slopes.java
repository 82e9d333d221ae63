package io.flinkinference.tools.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Graphs;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import io.flinkinference.tools.session.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Holds gradients against central differences: along a random direction, the slope of a random sum
 * of the outputs.
 */
final class Slopes {

  private static final double STEP = 3e-3;

  private final Graph graph;
  private final String output;
  private final TokenBatch batch;
  private final Random random = new Random(5);
  private final Tensor seed;

  Slopes(Graph graph, String output, TokenBatch batch) {
    this.graph = graph;
    this.output = output;
    this.batch = batch;
    Graph open = graph.copy();
    Graphs.end(open, List.of(output));
    try (GraphSession session = GraphSession.open(open)) {
      Tensor value = session.run(batch).get(output);
      this.seed = Tensor.floats(random(value.count(), 1), value.shape());
    }
  }

  private float[] random(int count, double reach) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (reach * random.nextGaussian());
    }
    return values;
  }

  /** Checks the gradient of each constant. */
  void checkEach(Set<String> constants, double tolerance) {
    constants.forEach(constant -> check(Set.of(constant), tolerance));
  }

  /** Checks the gradients of constants along a direction in which all of them change. */
  void check(Set<String> constants, double tolerance) {
    Graph derived = graph.copy();
    Observation observation = Observation.of(derived);
    String name = derived.addConstant("seed", seed);
    Map<String, String> gradients =
        Differentiation.gradients(derived, observation, Map.of(output, name), constants);
    Graphs.end(derived, List.copyOf(gradients.values()));
    DeadNodes.remove(derived);
    Map<String, Tensor> found;
    try (GraphSession session = GraphSession.open(derived)) {
      found = session.run(batch);
    }
    Map<String, float[]> way = new HashMap<>();
    double slope = 0;
    for (String constant : constants) {
      Tensor gradient = found.get(gradients.get(constant));
      Tensor value = graph.constant(constant).orElseThrow();
      assertThat(gradient.shape()).as(constant).containsExactly(value.shape());
      way.put(constant, random(value.count(), 1 / Math.sqrt(value.count())));
      slope += dot(gradient.toFloats(), way.get(constant));
    }
    double expected = (sum(way, STEP) - sum(way, -STEP)) / (2 * STEP);
    assertThat(slope)
        .as("the slope along %s", constants)
        .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
  }

  private double sum(Map<String, float[]> way, double step) {
    Graph moved = graph.copy();
    way.forEach(
        (constant, direction) -> {
          Tensor tensor = graph.constant(constant).orElseThrow();
          float[] values = tensor.toFloats();
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (step * direction[i]);
          }
          moved.setConstant(constant, Tensor.floats(values, tensor.shape()));
        });
    Graphs.end(moved, List.of(output));
    try (GraphSession session = GraphSession.open(moved)) {
      return dot(session.run(batch).get(output).toFloats(), seed.toFloats());
    }
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
