package io.flinkinference.tools.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.encoder.OwnBiases;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.Progress;
import io.flinkinference.tools.session.Likeness;
import io.flinkinference.tools.session.Observation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CuttingTest {

  private static final List<Encoding> TEXTS =
      List.of(Encoding.of(2, 20, 30, 40, 3), Encoding.of(2, 50, 3));

  private final Graph graph =
      OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));

  private Units units() {
    Fusion.simplify(graph);
    OwnBiases.give(graph);
    return UnitSearch.neurons(graph, Observation.of(graph)).units().get(0);
  }

  /** Makes neurons read nothing, and say always the same. */
  private void still(Units units, List<Integer> neurons) {
    for (String name : units.columns()) {
      Tensor constant = graph.constant(name).orElseThrow();
      float[] values = constant.toFloats();
      for (int i = 0; i < values.length; i++) {
        if (neurons.contains(i % units.count())) {
          values[i] = constant.rank() == 1 ? 3 : 0;
        }
      }
      graph.setConstant(name, Tensor.floats(values, constant.shape()));
    }
  }

  @Test
  void whatIsAlwaysSaidGoesIntoTheBias() {
    Units units = units();
    List<Integer> gone = List.of(0, 5, 6);
    still(units, gone);
    Likeness before = Likeness.to(graph, TEXTS, () -> {});
    float[] means = Means.of(graph, List.of(units), TEXTS, Progress.NONE).get(units);
    List<Integer> kept =
        IntStream.range(0, units.count()).filter(one -> !gone.contains(one)).boxed().toList();
    Graph without = graph.copy();
    Cutting.apply(graph, units, kept, means);
    Cutting.apply(without, units, kept, new float[means.length]);
    assertThat(graph.constant(units.into()).orElseThrow().size(0)).isEqualTo(kept.size());
    assertThat(Closeness.of(before.of(graph, () -> {})).error()).isLessThan(1e-10);
    assertThat(Closeness.of(before.of(without, () -> {})).error()).isGreaterThan(1e-4);
  }
}
