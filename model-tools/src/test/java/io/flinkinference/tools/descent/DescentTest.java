package io.flinkinference.tools.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.autodiff.Differentiation;
import io.flinkinference.tools.encoder.EncoderLayers;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescentTest {

  private static final List<Encoding> TEXTS =
      IntStream.range(0, 12)
          .mapToObj(
              i -> Encoding.of(IntStream.range(0, 4 + i % 3).map(k -> 5 + i * 3 + k).toArray()))
          .toList();

  private final Graph graph =
      OnnxReader.read(Families.of("bert", "single-label").resolve("model.onnx"));
  private final Observation observation = Observation.of(graph);
  private final String logits = graph.outputs().get(0).getName();
  private final Set<String> weights = EncoderLayers.of(graph, observation).weights(graph, 2);

  private static Tensor factors(int rows) {
    float[] factors = new float[rows];
    Arrays.fill(factors, 1);
    return Tensor.floats(factors, rows, 1);
  }

  /** The gradients of the sum of all logits. */
  private List<float[]> sums(int workers) throws InterruptedException {
    Graph derived = graph.copy();
    derived.addInput("factors", ElementType.FLOAT, -1, 1);
    String zero = derived.add(Node.of("Mul", List.of(logits, "zero"), "nothing")).output();
    derived.addConstant("zero", Tensor.scalar(0));
    String seed = derived.add(Node.of("Add", List.of(zero, "factors"), "seed")).output();
    try (Parameters parameters = new Parameters(derived, weights)) {
      Map<String, String> gradients =
          Differentiation.gradients(derived, observation, Map.of(logits, seed), weights);
      derived.setOutputs(List.of());
      gradients.values().forEach(derived::addOutput);
      weights.forEach(derived::feedConstant);
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < TEXTS.size(); i += 4) {
        List<Encoding> some = TEXTS.subList(i, i + 4);
        parts.add(new Part(TokenBatch.of(some), () -> Map.of("factors", factors(some.size()))));
      }
      List<float[]> sums = parameters.copy();
      try (GradientWorkers threads =
          new GradientWorkers(
              derived,
              parameters,
              parameters.names().stream().map(gradients::get).toList(),
              Set.of("factors"),
              workers)) {
        threads.run(parts, sums);
      }
      return sums;
    }
  }

  @Test
  void partsAddUpHoweverManyThreadsThereAre() throws InterruptedException {
    List<float[]> one = sums(1);
    List<float[]> two = sums(2);
    List<float[]> three = sums(3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i)).containsExactly(one.get(i), within(1e-3f));
      assertThat(three.get(i)).containsExactly(one.get(i), within(1e-3f));
    }
    assertThat(sums(2)).usingRecursiveComparison().isEqualTo(two);
  }

  @Test
  void bestPassIsKeptAndNotTheLast() throws InterruptedException {
    double[] errors = {5, 3, 4, 4, 1};
    Descended result = descend(errors, 4, 2);
    assertThat(result.result.epochs()).isEqualTo(1);
    assertThat(result.result.before()).isEqualTo(5);
    assertThat(result.result.after()).isEqualTo(3);
    // Two passes without a better one end it.
    assertThat(result.result.steps()).isEqualTo(3 * 3);
  }

  @Test
  void batchOfAllRowsIsOneStep() throws InterruptedException {
    Descended result = descend(new double[] {5, 3}, 1, 2, Integer.MAX_VALUE);
    assertThat(result.result.steps()).isEqualTo(1);
    for (float[] weight : result.weights) {
      for (float one : weight) {
        assertThat(one).isFinite();
      }
    }
  }

  @Test
  void weightsStayWhereNothingGetsBetter() throws InterruptedException {
    Descended result = descend(new double[] {1, 2, 3}, 2, 5);
    assertThat(result.result.epochs()).isZero();
    try (Parameters parameters = new Parameters(graph, weights)) {
      assertThat(result.weights).usingRecursiveComparison().isEqualTo(parameters.copy());
    }
  }

  @Test
  void interruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> descend(new double[] {1, 2, 3}, 2, 5))
        .isInstanceOf(InterruptedException.class);
  }

  private record Descended(DescentResult result, List<float[]> weights) {}

  private Descended descend(double[] errors, int epochs, int patience) throws InterruptedException {
    return descend(errors, epochs, patience, 4);
  }

  private Descended descend(double[] errors, int epochs, int patience, int batch)
      throws InterruptedException {
    Graph derived = graph.copy();
    derived.addInput("seed", ElementType.FLOAT, -1, -1);
    int labels = (int) observation.shape(logits).orElseThrow()[1];
    try (Parameters parameters = new Parameters(derived, weights);
        Descent descent =
            new Descent(
                derived,
                observation,
                Map.of(logits, "seed"),
                parameters,
                Set.of("seed"),
                name -> 1)) {
      DescentResult result =
          descent.run(
              new Told(errors, labels),
              new DescentOptions(epochs, batch, 1e-3, 0.01, 0.1, patience, 1),
              Progress.NONE);
      return new Descended(result, parameters.copy());
    }
  }

  /** Is told how wrong it is. */
  private static final class Told implements Lesson {

    private final double[] errors;
    private final int labels;
    private int asked;

    Told(double[] errors, int labels) {
      this.errors = errors;
      this.labels = labels;
    }

    @Override
    public List<Encoding> texts() {
      return TEXTS;
    }

    @Override
    public Map<String, Tensor> others(List<Integer> rows, List<Integer> batch) {
      float[] seed = new float[rows.size() * labels];
      Arrays.fill(seed, 0.1f);
      return Map.of("seed", Tensor.floats(seed, rows.size(), labels));
    }

    @Override
    public OptionalDouble error() {
      return OptionalDouble.of(errors[asked++]);
    }
  }
}
