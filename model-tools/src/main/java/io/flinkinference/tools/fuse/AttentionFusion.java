package io.flinkinference.tools.fuse;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one {@code Attention} of the three projections, their split into heads, the masked softmax
 * of the scores, the sum of the values and the joining of the heads.
 *
 * <p>It begins at each softmax and goes back, so that the order in which an exporter writes the
 * rest does not matter. A mask is taken for one if it is made of {@code attention_mask} alone;
 * other terms, such as MPNet's positions, go in as {@code attention_bias}.
 */
final class AttentionFusion implements Pass {

  static final String NAME = "Attention";
  private static final String HEADS = "num_heads";
  private static final String SCALE = "scale";

  /** What is written; the graph's own attentions may have more. */
  static final Set<String> ATTRIBUTES = Set.of(HEADS, SCALE);

  private static final String MASK = "attention_mask";
  static final Set<String> MASK_ALONE = Set.of(MASK);
  private static final long INT32 = DataType.INT32.getNumber();

  @Override
  public PassReport apply(Graph graph, Observation observation) {
    List<String> missed = new ArrayList<>();
    int made = 0;
    for (Node softmax : graph.nodes("Softmax")) {
      if (observation.shape(softmax.output()).filter(shape -> shape.length == 4).isEmpty()) {
        continue;
      }
      Optional<String> problem = fuse(graph, observation, softmax);
      if (problem.isPresent()) {
        missed.add("The attention around " + softmax.output() + " " + problem.get());
      } else {
        made++;
      }
    }
    return new PassReport(NAME, made, missed);
  }

  private static Optional<String> fuse(Graph graph, Observation observation, Node softmax) {
    AttentionParts.Search search = AttentionParts.at(graph, observation, softmax);
    if (search.problem() != null) {
      return Optional.of(search.problem());
    }
    AttentionParts parts = search.parts();
    Terms terms = Terms.of(graph, observation, parts.scores());
    if (terms.problem() != null) {
      return Optional.of(terms.problem());
    }
    replace(graph, parts.joined(), parts.projections(), terms, parts.heads(), parts.scale());
    return Optional.empty();
  }

  private static void replace(
      Graph graph, String output, Projections from, Terms terms, long heads, double scale) {
    Tensor weights = from.weights();
    List<String> inputs = new ArrayList<>();
    inputs.add(from.input());
    inputs.add(graph.addConstant(output + "_qkv_weights", weights));
    inputs.add(graph.addConstant(output + "_qkv_bias", from.bias()));
    inputs.add(terms.masked() ? mask(graph) : "");
    if (terms.bias() != null) {
      inputs.add(""); // No past.
      inputs.add(terms.bias());
    }
    graph.remove(List.of(graph.producer(output).orElseThrow()));
    graph.add(Node.contrib(NAME, inputs, output).with(HEADS, heads).with(SCALE, (float) scale));
  }

  /** The mask as the operator wants it, once for all layers. */
  private static String mask(Graph graph) {
    return graph.consumers(MASK).stream()
        .filter(node -> node.is("Cast") && node.attribute("to", 0L) == INT32)
        .findFirst()
        .orElseGet(
            () ->
                graph.add(
                    Node.of("Cast", List.of(MASK), graph.freshName(MASK + "_int32"))
                        .with("to", INT32)))
        .output();
  }

  /**
   * What is added to the scores.
   *
   * @param masked whether the mask is among it
   * @param bias name of another term, or null
   * @param problem why it cannot be fused, or null
   */
  private record Terms(boolean masked, String bias, String problem) {

    static Terms of(Graph graph, Observation observation, Scores scores) {
      boolean masked = false;
      String bias = null;
      for (String condition : scores.conditions()) {
        if (!Ancestors.inputs(graph, condition).equals(MASK_ALONE)) {
          return failed("replaces scores by something else than the mask.");
        }
        masked = true;
      }
      long[] shape = observation.shape(scores.product().output()).orElseThrow();
      for (String term : scores.added()) {
        if (Ancestors.inputs(graph, term).equals(MASK_ALONE)) {
          masked = true;
        } else if (bias == null
            && (observation.has(term, shape)
                || observation.has(term, 1, shape[1], shape[2], shape[3]))) {
          bias = term;
        } else {
          return failed("adds " + term + " to the scores, of a shape that the operator has not.");
        }
      }
      return new Terms(masked, bias, null);
    }

    private static Terms failed(String problem) {
      return new Terms(false, null, problem);
    }
  }
}
