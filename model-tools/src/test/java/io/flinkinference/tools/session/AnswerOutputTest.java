package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.ValueInfos;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerOutputTest {

  private static final ValueInfoProto LABEL = ValueInfos.of("label", ElementType.INT64, -1);

  private static String of(ValueInfoProto... outputs) {
    Graph graph = Graph.empty(17);
    graph.setOutputs(List.of(outputs));
    return AnswerOutput.of(graph);
  }

  private static ValueInfoProto floats(String name) {
    return ValueInfos.of(name, ElementType.FLOAT, -1, -1);
  }

  @Test
  void whatTheOperatorTakesIsTakenWhereverItStands() {
    assertThat(of(LABEL, floats("logits"))).isEqualTo("logits");
    assertThat(of(floats("pooler_output"), floats("last_hidden_state")))
        .isEqualTo("last_hidden_state");
    assertThat(of(floats("token_embeddings"), floats("sentence_embedding")))
        .isEqualTo("sentence_embedding");
  }

  @Test
  void ofOtherNamesTheFirstThatMayBeFloatsIsTaken() {
    assertThat(of(LABEL, floats("scores"), floats("more"))).isEqualTo("scores");
    assertThat(of(LABEL, ValueInfoProto.newBuilder().setName("untyped").build()))
        .isEqualTo("untyped");
    assertThat(of(LABEL)).isEqualTo("label");
  }
}
