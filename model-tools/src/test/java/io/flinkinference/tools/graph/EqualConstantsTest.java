package io.flinkinference.tools.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EqualConstantsTest {

  private final Graph graph = Graph.empty(17);

  private String constant(String name, float first, long... shape) {
    return graph.addConstant(name, Tensor.floats(new float[] {first, 2}, shape));
  }

  @Test
  void oneOfSeveralIsReadByAll() {
    String one = constant("one", 1, 2);
    String other = constant("other", 1, 2);
    graph.add(Node.of("Add", List.of(one, other), "sum"));
    EqualConstants.merge(graph);
    assertThat(graph.constants()).containsExactly("one");
    assertThat(graph.nodes("Add").get(0).inputs()).containsExactly("one", "one");
  }

  @Test
  void otherNumbersShapesAndTypesAreOthers() {
    String one = constant("one", 1, 2);
    constant("numbers", 3, 2);
    constant("shape", 1, 1, 2);
    Tensor tensor = graph.constant(one).orElseThrow();
    graph.addConstant("type", new Tensor(ElementType.INT32, tensor.shape(), tensor.data()));
    EqualConstants.merge(graph);
    assertThat(graph.constants()).containsExactly("one", "numbers", "shape", "type");
  }

  @Test
  void whatIsFetchedKeepsItsName() {
    constant("one", 1, 2);
    graph.addOutput(constant("fetched", 1, 2));
    EqualConstants.merge(graph);
    assertThat(graph.constants()).containsExactly("one", "fetched");
  }
}
