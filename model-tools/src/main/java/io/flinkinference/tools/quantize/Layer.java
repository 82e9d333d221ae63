package io.flinkinference.tools.quantize;

import io.flinkinference.tools.fuse.AttentionFusion;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A node that multiplies the tokens of a text with constant weights.
 *
 * @param kind which node
 * @param input name of the tokens' value
 * @param weights name of the weights, of shape [in, out]
 * @param output name of its result, by which it is known
 */
record Layer(Kind kind, String input, String weights, String output) {

  /** The nodes that there are. */
  enum Kind {
    /** ONNX Runtime's own, which has the projections of queries, keys and values in it. */
    ATTENTION,
    /** The standard's. */
    PRODUCT
  }

  /** All layers of a graph over tokens; the head of a classifier, over texts, is not among them. */
  static List<Layer> all(Graph graph, Observation observation) {
    return all(graph, value -> readsTokens(observation, value));
  }

  private static boolean readsTokens(Observation observation, String value) {
    return isOverTokens(observation, value, observation.width())
        || isOverFlatTokens(observation, value);
  }

  /** Those that read the first token alone, where a classifier needs of its last layer no more. */
  static List<Layer> ofFirstTokens(Graph graph, Observation observation) {
    return all(
        graph, value -> isOverTokens(observation, value, 1) || isOverTokens(observation, value, 2));
  }

  /**
   * Results of attentions with projections in them that are no layers: others fused them, or they
   * add terms to the scores, as MPNet's do.
   */
  static List<String> ofOtherAttentions(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.isContrib("Attention") && !isPlainAttention(graph, node))
        .map(Node::output)
        .toList();
  }

  /** Results of other nodes that multiply tokens with constant weights, and are no layers. */
  static List<String> ofOtherProducts(Graph graph, Observation observation) {
    return graph.nodes().stream()
        .filter(node -> node.is("Gemm") || node.isContrib("FusedMatMul"))
        .filter(node -> isMatrix(graph, node.input(1)) && readsTokens(observation, node.input(0)))
        .map(Node::output)
        .toList();
  }

  private static boolean isPlainAttention(Graph graph, Node node) {
    return AttentionFusion.isOwn(graph, node) && node.input(5).isEmpty();
  }

  private static List<Layer> all(Graph graph, Predicate<String> reads) {
    List<Layer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean attention = isPlainAttention(graph, node);
      if ((attention || node.is("MatMul"))
          && isMatrix(graph, node.input(1))
          && reads.test(node.input(0))) {
        Kind kind = attention ? Kind.ATTENTION : Kind.PRODUCT;
        layers.add(new Layer(kind, node.input(0), node.input(1), node.output()));
      }
    }
    return layers;
  }

  private static boolean isOverTokens(Observation observation, String value, long tokens) {
    return observation
        .shape(value)
        .filter(shape -> shape.length == 3 && shape[1] == tokens)
        .isPresent();
  }

  /** The tokens of all rows behind each other, as some exporters have them. */
  private static boolean isOverFlatTokens(Observation observation, String value) {
    return observation
        .shape(value)
        .filter(shape -> shape.length == 2 && shape[0] == observation.rows() * observation.width())
        .isPresent();
  }

  private static boolean isMatrix(Graph graph, String value) {
    return graph
        .constant(value)
        .filter(tensor -> tensor.rank() == 2 && tensor.type() == ElementType.FLOAT)
        .isPresent();
  }

  Tensor weights(Graph graph) {
    return graph.constant(weights).orElseThrow();
  }

  Node node(Graph graph) {
    return graph.producer(output).orElseThrow();
  }
}
