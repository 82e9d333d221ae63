package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCheckTest {

  private static final List<TokenBatch> BATCHES =
      List.of(TokenBatch.of(Encoding.of(2, 20, 30, 40, 3), Encoding.of(2, 50, 3)));

  private final Graph original =
      OnnxReader.read(Families.of("bert", "single-label").resolve("model.onnx"));

  @Test
  void valuesInsideOfAFusedGraphAreThoseOfTheOriginal() {
    Graph fused = original.copy();
    Fusion.fuse(fused);
    ValueCheck check = ValueCheck.of(original, fused, BATCHES, List.of(), 1e-4, () -> {});
    // Among them the output of each fused node.
    assertThat(check.values()).isGreaterThan(15);
  }

  @Test
  void nodeThatComputesSomethingElseIsNamed() {
    Graph wrong = original.copy();
    Node norm = wrong.nodes("LayerNormalization").get(2);
    Tensor scale = wrong.constant(norm.input(1)).orElse(Tensor.floats(ones(), 32));
    float[] values = scale.toFloats();
    values[5] += 0.5f;
    wrong.replaceReads(
        norm, norm.input(1), wrong.addConstant("wrong", Tensor.floats(values, scale.shape())));
    assertThatThrownBy(() -> ValueCheck.of(original, wrong, BATCHES, List.of(), 1e-4, () -> {}))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("The rewritten graph is wrong at ");
  }

  @Test
  void ofALargeBatchOutputsAreCompared() {
    Graph wrong = original.copy();
    Node last = wrong.producer("logits").orElseThrow();
    String bias = last.input(2);
    int labels = wrong.constant(bias).orElseThrow().size(0);
    float[] values = wrong.constant(bias).orElseThrow().toFloats();
    values[0] += 0.5f;
    wrong.replaceReads(last, bias, wrong.addConstant("wrong", Tensor.floats(values, labels)));
    assertThatThrownBy(() -> ValueCheck.of(original, wrong, List.of(), BATCHES, 1e-4, () -> {}))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("wrong at logits");
  }

  private static float[] ones() {
    float[] ones = new float[32];
    Arrays.fill(ones, 1);
    return ones;
  }
}
