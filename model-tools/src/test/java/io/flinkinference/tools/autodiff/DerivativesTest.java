package io.flinkinference.tools.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DerivativesTest {

  private static final TokenBatch NONE = TokenBatch.of(Encoding.of(0));
  private static final double TOLERANCE = 5e-3;

  /** An operator in a small graph that ends at "y". */
  private static Arguments graph(String name, Consumer<Small> make) {
    return graph(name, 17, make);
  }

  private static Arguments graph(String name, long opset, Consumer<Small> make) {
    Small small = new Small(opset);
    make.accept(small);
    return Arguments.of(name, small);
  }

  static List<Arguments> graphs() {
    return List.of(
        graph("Add", g -> g.node("Add", g.floats(2, 3, 4), g.floats(3, 1))),
        graph("Sub", g -> g.node("Sub", g.floats(4), g.floats(2, 3, 4))),
        graph("Mul", g -> g.node("Mul", g.floats(2, 3, 4), g.floats(2, 1, 4))),
        graph("Mul by itself", g -> g.square(g.floats(2, 3))),
        graph("Div", g -> g.node("Div", g.floats(2, 3), g.positive(3))),
        graph("Where", g -> g.node("Where", g.bits(2, 3), g.floats(2, 3), g.floats(3))),
        graph("Neg", g -> g.node("Neg", g.floats(3))),
        graph("Sqrt", g -> g.node("Sqrt", g.positive(3))),
        graph("Pow 2", g -> g.node("Pow", g.floats(3), g.number(2))),
        graph("Pow 3", g -> g.node("Pow", g.positive(3), g.number(3))),
        graph("Erf", g -> g.node("Erf", g.floats(5))),
        graph("Tanh", g -> g.node("Tanh", g.floats(5))),
        graph("Sigmoid", g -> g.node("Sigmoid", g.floats(5))),
        graph("Relu", g -> g.node("Relu", g.floats(5))),
        graph("Cast", g -> g.end(g.type("Cast", g.floats(5)).with("to", ElementType.FLOAT.onnx()))),
        graph("Identity", g -> g.node("Identity", g.floats(5))),
        graph("MatMul with weights", g -> g.node("MatMul", g.floats(2, 3, 4), g.floats(4, 5))),
        graph("MatMul", g -> g.node("MatMul", g.floats(2, 3, 4, 5), g.floats(2, 3, 5, 2))),
        graph("MatMul broadcast", g -> g.node("MatMul", g.floats(3, 1), g.floats(2, 1, 4))),
        graph("Gemm", g -> g.node("Gemm", g.floats(3, 4), g.floats(4, 5), g.floats(5))),
        graph(
            "Gemm turned",
            g ->
                g.end(
                    g.type("Gemm", g.floats(3, 4), g.floats(5, 4), g.floats(5)).with("transB", 1))),
        graph("Reshape", g -> g.node("Reshape", g.floats(2, 3, 4), g.longs(6, -1))),
        graph("Unsqueeze", g -> g.node("Unsqueeze", g.floats(2, 3), g.longs(1))),
        graph("Squeeze", g -> g.node("Squeeze", g.floats(2, 1, 3), g.longs(1))),
        graph("Flatten", g -> g.node("Flatten", g.floats(2, 2, 3))),
        graph(
            "Transpose",
            g -> g.end(g.type("Transpose", g.floats(2, 3, 4)).with("perm", new long[] {2, 0, 1}))),
        graph("Expand", g -> g.node("Expand", g.floats(3, 1), g.longs(2, 3, 4))),
        graph(
            "Concat",
            g -> g.end(g.type("Concat", g.floats(2, 1, 3), g.floats(2, 2, 3)).with("axis", 1))),
        graph("Split", Small::split),
        graph(
            "Slice",
            g -> g.node("Slice", g.floats(2, 5), g.longs(1), g.longs(Long.MAX_VALUE), g.longs(-1))),
        graph("Slice without axes", g -> g.node("Slice", g.floats(5, 2), g.longs(1), g.longs(3))),
        graph(
            "Slice from the end",
            g -> g.node("Slice", g.floats(5, 2), g.longs(-3), g.longs(-1), g.longs(0))),
        graph(
            "Gather one",
            g -> g.end(g.type("Gather", g.floats(2, 3, 4), g.whole(-1)).with("axis", 1))),
        graph(
            "Gather a list of one",
            g -> g.end(g.type("Gather", g.floats(2, 3, 4), g.longs(2)).with("axis", 1))),
        graph("Gather rows", g -> g.node("Gather", g.floats(5, 2), g.longs(3, 1, 3))),
        graph(
            "GatherElements",
            g ->
                g.end(
                    g.type("GatherElements", g.floats(1, 4), g.matrix(1, 0, 0, 3))
                        .with("axis", 1))),
        graph(
            "GatherElements of old",
            12,
            g ->
                g.end(
                    g.type("GatherElements", g.floats(1, 4), g.matrix(1, -4, 0, 3, 1, 1))
                        .with("axis", 1))),
        graph(
            "GatherElements of old along the first axis",
            11,
            g -> g.node("GatherElements", g.floats(3, 8), g.matrix(1, 0, 0, 2, -1, 1))),
        graph(
            "ReduceMean",
            13,
            g -> g.end(g.type("ReduceMean", g.floats(2, 3, 4)).with("axes", new long[] {-1}))),
        graph("ReduceMean of all", g -> g.node("ReduceMean", g.floats(2, 3))),
        graph(
            "ReduceSum",
            g -> g.end(g.type("ReduceSum", g.floats(2, 3, 4), g.longs(1)).with("keepdims", 0))),
        graph("Softmax", g -> g.node("Softmax", g.floats(2, 3, 4))),
        graph("Softmax of old", 11, g -> g.end(g.type("Softmax", g.floats(2, 3)).with("axis", 1))),
        graph(
            "LayerNormalization",
            g -> g.node("LayerNormalization", g.floats(2, 3, 6), g.floats(6), g.floats(6))),
        graph("LpNormalization", g -> g.node("LpNormalization", g.floats(2, 3))),
        graph("Gelu", g -> g.contrib("Gelu", g.floats(2, 3))),
        graph("Gelu of the standard", 20, g -> g.node("Gelu", g.floats(2, 3))),
        graph(
            "Gelu by a tangent",
            20,
            g -> g.end(g.type("Gelu", g.floats(2, 3)).with("approximate", "tanh"))),
        graph("BiasGelu", g -> g.contrib("BiasGelu", g.floats(2, 3, 4), g.floats(4))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void gradientIsTheSlope(String name, Small small) {
    new Slopes(small.graph, "y", NONE).checkEach(small.floats, TOLERANCE);
  }

  @Test
  void eachKnownOperatorIsTried() {
    Set<String> tried = new HashSet<>();
    for (Arguments one : graphs()) {
      ((Small) one.get()[1])
          .graph
          .nodes()
          .forEach(
              node ->
                  tried.add(
                      node.domain().isEmpty() ? node.type() : node.domain() + "." + node.type()));
    }
    assertThat(tried).containsAll(Derivatives.names());
  }

  @Test
  void operatorWithoutGradientIsNamed() {
    Small small = new Small(17);
    small.node("Sin", small.floats(3));
    assertThatThrownBy(() -> new Slopes(small.graph, "y", NONE).checkEach(small.floats, TOLERANCE))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("operator Sin")
        .hasMessageContaining("makes y");
  }

  @Test
  void formThatIsNotKnownIsNamed() {
    Small small = new Small(17);
    small.end(small.type("Softmax", small.floats(2, 3)).with("axis", 0));
    assertThatThrownBy(() -> new Slopes(small.graph, "y", NONE).checkEach(small.floats, TOLERANCE))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("Softmax")
        .hasMessageContaining("last axis")
        .hasMessageContaining("Export the model so that it is over the last axis")
        .hasMessageContaining("or train fewer layers");
  }

  @Test
  void sliceOfSeveralAxesIsNamedAsSuch() {
    Small small = new Small(17);
    small.node("Slice", small.floats(3, 4), small.longs(0, 1), small.longs(2, 3));
    assertThatThrownBy(() -> new Slopes(small.graph, "y", NONE).checkEach(small.floats, TOLERANCE))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("cuts along several axes. Export");
  }

  @Test
  void sliceWhoseAxisIsComputedIsNamedAsSuch() {
    Small small = new Small(17);
    Graph graph = small.graph;
    graph.add(Node.of("Neg", List.of(small.longs(-1)), "axis"));
    small.node("Slice", small.floats(3, 4), small.longs(0), small.longs(2), "axis");
    assertThatThrownBy(() -> new Slopes(graph, "y", NONE).checkEach(small.floats, TOLERANCE))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("its axis is not constant. Export");
  }

  @Test
  void whatDoesNotCountIsAnErrorAndNoZero() {
    Small small = new Small(17);
    small.node("Neg", small.floats(3));
    String other = small.floats(3);
    Graph graph = small.graph;
    String seed = graph.addConstant("seed", Tensor.floats(new float[3], 3));
    assertThatThrownBy(
            () ->
                Differentiation.gradients(
                    graph, Observation.of(graph), Map.of("y", seed), Set.of(other)))
        .hasMessageContaining(other + ", so it has no gradient");
  }

  /** A graph of a node or two. */
  private static final class Small {

    private final Graph graph;
    private final Set<String> floats = new LinkedHashSet<>();
    private final Random random = new Random(3);

    Small(long opset) {
      graph = Graph.empty(opset);
    }

    String floats(long... shape) {
      return floats(false, shape);
    }

    String positive(long... shape) {
      return floats(true, shape);
    }

    private String floats(boolean positive, long... shape) {
      int count = 1;
      for (long size : shape) {
        count *= (int) size;
      }
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        float value = (float) random.nextGaussian();
        // Not so near to zero that a step goes past it.
        values[i] = positive ? Math.abs(value) + 1 : value + Math.copySign(0.1f, value);
      }
      String name = graph.addConstant("x", Tensor.floats(values, shape));
      floats.add(name);
      return name;
    }

    String number(float value) {
      return graph.addConstant("number", Tensor.scalar(value));
    }

    String longs(long... values) {
      return graph.addConstant("longs", Tensor.longs(values, values.length));
    }

    String whole(long value) {
      return graph.addConstant("whole", Tensor.longs(new long[] {value}));
    }

    String matrix(long... values) {
      return graph.addConstant("matrix", Tensor.longs(values, 1, values.length));
    }

    String bits(long... shape) {
      byte[] bits = {1, 0, 0, 1, 1, 0};
      return graph.addConstant("bits", Tensor.bytes(ElementType.BOOL, bits, shape));
    }

    Node type(String type, String... inputs) {
      return Node.of(type, List.of(inputs), "y");
    }

    void node(String type, String... inputs) {
      end(type(type, inputs));
    }

    void contrib(String type, String... inputs) {
      end(Node.contrib(type, List.of(inputs), "y"));
    }

    void square(String x) {
      node("Mul", x, x);
    }

    void split() {
      graph.add(
          Node.of("Split", List.of(floats(2, 5), longs(2, 1, 2)), "a", "unused", "c")
              .with("axis", -1));
      node("Mul", "a", "c");
    }

    void end(Node node) {
      graph.add(node);
      graph.addOutput("y");
    }
  }
}
