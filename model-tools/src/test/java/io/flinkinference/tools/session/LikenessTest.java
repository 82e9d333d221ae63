package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.graph.ValueInfos;
import io.flinkinference.tools.session.Likeness.Near;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LikenessTest {

  private static final List<Encoding> TEXTS =
      List.of(Encoding.of(2, 20, 3), Encoding.of(2, 30, 40, 3), Encoding.of(2, 50, 60, 70, 3));

  @Test
  void graphIsLikeItself() {
    Graph graph = OnnxReader.read(Families.of("bert", "embedding").resolve("model.onnx"));
    assertThat(Likeness.to(graph, TEXTS, () -> {}).of(graph, () -> {}))
        .hasSize(3)
        .allSatisfy(near -> assertThat(near.likeness()).isCloseTo(1, within(1e-9)));
  }

  @Test
  void numbersBesideTheAnswerAreNotTakenForIt() {
    Graph graph = OnnxReader.read(Families.of("bert", "single-label").resolve("model.onnx"));
    Graph more = graph.copy();
    List<ValueInfoProto> outputs = new ArrayList<>(graph.outputs());
    more.add(Node.of("ArgMax", List.of("logits"), "label").with("axis", 1));
    outputs.add(0, ValueInfos.of("label", ElementType.INT64, -1, 1));
    more.setOutputs(outputs);
    assertThat(Likeness.to(more, TEXTS, () -> {}).of(graph, () -> {}))
        .allSatisfy(near -> assertThat(near.likeness()).isCloseTo(1, within(1e-9)));
  }

  /** Its cosine would be 1 however wrong it is. */
  @Test
  void singleNumberThatIsWrongIsToldByTheSpreadOfAll() {
    Graph graph = OnnxReader.read(Families.of("bert", "rerank").resolve("model.onnx"));
    Likeness likeness = Likeness.to(graph, TEXTS, () -> {});
    assertThat(likeness.of(graph, () -> {})).extracting(Near::likeness).containsOnly(1.0);
    try (GraphSession session = GraphSession.open(graph)) {
      assertThat(likeness.of(batch -> moved(session.run(batch), 1f)))
          .allSatisfy(near -> assertThat(near.likeness()).isLessThan(0.9));
      assertThat(likeness.of(batch -> moved(session.run(batch), Float.NaN)))
          .extracting(Near::likeness)
          .containsOnly(0.0);
    }
  }

  private static Map<String, Tensor> moved(Map<String, Tensor> outputs, float by) {
    Map<String, Tensor> moved = new HashMap<>();
    outputs.forEach(
        (name, tensor) ->
            moved.put(name, Tensor.floats(new float[] {tensor.toFloats()[0] + by}, 1, 1)));
    return moved;
  }
}
