package io.flinkinference.tools.encoder;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.AnswerOutput;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of an encoder, by the values that they begin with: the last value before each
 * attention through which all goes that the attention knows of the tokens.
 *
 * <p>It goes by what depends on what, and not by names or patterns, so it finds the layers of all
 * families.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class EncoderLayers {

  private static final String IDS = "input_ids";

  private final List<String> inputs;
  private final String end;

  private EncoderLayers(List<String> inputs, String end) {
    this.inputs = List.copyOf(inputs);
    this.end = end;
  }

  /**
   * Finds the layers of a graph whose attention is not fused.
   *
   * @throws GraphException if there are none
   */
  public static EncoderLayers of(Graph graph, Observation observation) {
    List<String> inputs = new ArrayList<>();
    List<Node> nodes = graph.nodes();
    for (Node node : nodes) {
      if (isAttention(node, observation)) {
        inputs.add(narrowest(graph, nodes, node.input(0), observation));
      }
    }
    if (inputs.isEmpty()) {
      boolean fused = nodes.stream().anyMatch(node -> node.type().endsWith("Attention"));
      throw new GraphException(
          "The graph has no layers whose attention can be derived. "
              + (fused
                  ? "It is fused already: give the export from which it was made."
                  : "Give the export of an encoder."));
    }
    String end = narrowest(graph, nodes, AnswerOutput.of(graph), observation);
    return new EncoderLayers(inputs, end);
  }

  private static boolean isAttention(Node node, Observation observation) {
    return node.is("Softmax")
        && observation
            .shape(node.output())
            .filter(shape -> shape.length == 4 && shape[3] == observation.width())
            .isPresent();
  }

  /** The last value of all tokens through which all goes that another knows of them. */
  private static String narrowest(
      Graph graph, List<Node> nodes, String value, Observation observation) {
    Set<String> before = Flow.upstream(graph, value, "");
    int last = nodes.indexOf(graph.producer(value).orElseThrow());
    for (int i = last; i >= 0; i--) {
      String one = nodes.get(i).output();
      if (before.contains(one)
          && observation.isOfTokens(one)
          && !Flow.upstream(graph, value, one).contains(IDS)) {
        return one;
      }
    }
    throw new GraphException(
        "The layer before "
            + value
            + " has no beginning. Give the export of an encoder with the input "
            + IDS
            + ".");
  }

  /** How many there are. */
  public int count() {
    return inputs.size();
  }

  /**
   * Name of the value that a layer begins with; the first layer is 0. The one after the last is
   * where the layers end.
   */
  public String input(int layer) {
    return layer == count() ? end : inputs.get(layer);
  }

  /** Whether all that comes out of a layer has come in by the value that it begins with. */
  public boolean isChained(Graph graph, int layer) {
    return !Flow.upstream(graph, input(layer + 1), input(layer)).contains(IDS);
  }

  /**
   * Names of the weights of the last layers and of what comes after them. Where layers share
   * matrices, those of one are those of all; of biases and scales each has its own after {@link
   * OwnBiases}. Tables that are looked up are not among them.
   *
   * @param last how many layers, at most {@link #count()}
   */
  public Set<String> weights(Graph graph, int last) {
    Set<String> weights = new LinkedHashSet<>();
    for (Node node : Flow.readers(graph, inputs.get(count() - last))) {
      List<String> read = node.inputs();
      for (String input : isLinear(node) ? read : List.<String>of()) {
        if (graph.constant(input).filter(EncoderLayers::isWeight).isPresent()) {
          weights.add(input);
        }
      }
    }
    return weights;
  }

  private static boolean isLinear(Node node) {
    return switch (node.type()) {
      case "MatMul", "Gemm", "Add", "Mul", "LayerNormalization", "BiasGelu" -> true;
      default -> false;
    };
  }

  private static boolean isWeight(Tensor tensor) {
    return tensor.type() == ElementType.FLOAT && tensor.count() > 1;
  }
}
