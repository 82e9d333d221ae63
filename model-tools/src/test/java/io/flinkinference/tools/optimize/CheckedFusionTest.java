package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.tools.fuse.PassReport;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.progress.TestingProgress;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.texts.SampleTexts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CheckedFusionTest {

  private static final long FLOAT = 1;

  /** The mask hides all behind the eleventh token, which no text shows by which it is looked at. */
  @Test
  void attentionThatIsAnotherOnLongTextsLeavesTheRestToBeFused() {
    Model model = ModelRepositories.standard().resolve(Families.of("bert", "embedding").toString());
    Graph graph = ModelGraph.read(model);
    for (Node softmax : graph.nodes("Softmax")) {
      Node add = graph.producer(softmax.input(0)).orElseThrow();
      graph.replaceReads(add, add.input(1), ofElevenTokens(graph, add.input(1)));
    }
    CheckedFusion fusion =
        CheckedFusion.of(
            graph, model, CheckBatches.encode(model, SampleTexts.builtIn()), new TestingProgress());
    Map<String, PassReport> passes =
        fusion.passes().stream().collect(Collectors.toMap(PassReport::pass, Function.identity()));
    assertThat(passes.get("Attention").made()).isZero();
    assertThat(passes.get("Attention").missed())
        .singleElement()
        .asString()
        .startsWith("No attention is fused, for then: The rewritten graph is wrong at ");
    assertThat(fusion.withoutAttention()).isEqualTo(passes.get("Attention").missed().get(0));
    assertThat(passes.get("BiasGelu").made()).isEqualTo(2);
    assertThat(fusion.graph().nodes()).anyMatch(node -> node.isContrib("BiasGelu"));
    assertThat(fusion.check().values()).isPositive();
  }

  private static String ofElevenTokens(Graph graph, String mask) {
    String axis = graph.addConstant("axis", Tensor.longs(new long[] {1}, 1));
    String axes = graph.addConstant("axes", Tensor.longs(new long[] {1, 2}, 2));
    String most = graph.addConstant("most", Tensor.scalar(11.5f));
    String hidden = graph.addConstant("hidden", Tensor.scalar(-1e9f));
    String floats =
        add(graph, Node.of("Cast", List.of("attention_mask"), "floats").with("to", FLOAT));
    String counted = add(graph, Node.of("CumSum", List.of(floats, axis), "counted"));
    String wide = add(graph, Node.of("Unsqueeze", List.of(counted, axes), "wide"));
    String behind = add(graph, Node.of("Greater", List.of(wide, most), "behind"));
    return add(graph, Node.of("Where", List.of(behind, hidden, mask), "cut"));
  }

  private static String add(Graph graph, Node node) {
    return graph.add(node.moved(node.inputs(), List.of(graph.freshName(node.output())))).output();
  }
}
