package io.flinkinference.tools.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {

  private static Parameters parameters(long... shape) {
    Graph graph = Graph.empty(17);
    graph.addConstant("w", Tensor.floats(new float[] {1, -2, 3, 0.5f}, shape));
    return new Parameters(graph, List.of("w"));
  }

  private static float[] values(Parameters parameters) {
    return parameters.copy().get(0);
  }

  @Test
  void findsTheBottomOfABowl() {
    float[] bottom = {0.3f, 0.1f, -0.7f, 2};
    try (Parameters parameters = parameters(4)) {
      AdamW optimizer = new AdamW(parameters, 0, 1);
      for (int step = 0; step < 2_000; step++) {
        float[] slope = values(parameters);
        for (int i = 0; i < slope.length; i++) {
          slope[i] -= bottom[i];
        }
        optimizer.step(List.of(slope), new double[] {0.05 * (1 - step / 2_000.0)});
      }
      assertThat(values(parameters)).containsExactly(bottom, within(1e-3f));
    }
  }

  @Test
  void firstStepIsAsLongAsTheRate() {
    try (Parameters parameters = parameters(4)) {
      new AdamW(parameters, 0, 1)
          .step(List.of(new float[] {3, -0.2f, 0.01f, 0}), new double[] {0.1});
      assertThat(values(parameters))
          .containsExactly(new float[] {0.9f, -1.9f, 2.9f, 0.5f}, within(1e-4f));
    }
  }

  @Test
  void matricesDecayAndListsDoNot() {
    try (Parameters matrix = parameters(2, 2);
        Parameters list = parameters(4)) {
      new AdamW(matrix, 0.5, 1).step(List.of(new float[4]), new double[] {0.1});
      new AdamW(list, 0.5, 1).step(List.of(new float[4]), new double[] {0.1});
      assertThat(values(matrix))
          .containsExactly(new float[] {0.95f, -1.9f, 2.85f, 0.475f}, within(1e-6f));
      assertThat(values(list)).containsExactly(1, -2, 3, 0.5f);
    }
  }

  @Test
  void gradientThatIsNoNumberIsLeftOut() {
    try (Parameters parameters = parameters(4)) {
      new AdamW(parameters, 0.5, 1)
          .step(List.of(new float[] {Float.NaN, 1, 1, 1}), new double[] {0.1});
      assertThat(values(parameters)).containsExactly(1, -2, 3, 0.5f);
    }
  }

  @Test
  void rateRisesAndFalls() {
    DescentOptions options = new DescentOptions(1, 1, 1e-3, 0, 0.1, 1, 1);
    assertThat(options.rate(0, 100)).isCloseTo(1e-4, within(1e-9));
    assertThat(options.rate(9, 100)).isCloseTo(1e-3, within(2e-5));
    assertThat(options.rate(99, 100)).isBetween(0.0, 2e-5);
  }
}
