package io.flinkinference.tools.fuse;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one {@code Attention} of the three projections, their split into heads, the masked softmax
 * of the scores, the sum of the values and the joining of the heads.
 *
 * <p>It begins at each softmax and goes back, so that the order in which an exporter writes the
 * rest does not matter. A mask is taken for one if it is made of {@code attention_mask} alone and
 * hides padding alone; other terms, such as MPNet's positions, go in as {@code attention_bias}.
 */
public final class AttentionFusion implements Pass {

  static final String NAME = "Attention";
  private static final String HEADS = "num_heads";
  private static final String SCALE = "scale";

  /** What is written; the graph's own attentions may have more. */
  private static final Set<String> ATTRIBUTES = Set.of(HEADS, SCALE);

  private static final String MASK = "attention_mask";
  private static final Set<String> MASK_ALONE = Set.of(MASK);
  private static final long INT32 = DataType.INT32.getNumber();

  @Override
  public PassReport apply(Graph graph, Observation observation) {
    List<String> missed = new ArrayList<>();
    Map<List<String>, List<String>> merged = new HashMap<>();
    int made = 0;
    for (Node softmax : graph.nodes("Softmax")) {
      if (!isOfScores(observation, softmax.output())) {
        continue;
      }
      Optional<String> problem = fuse(graph, observation, softmax, merged);
      if (problem.isPresent()) {
        missed.add("The attention around " + softmax.output() + " " + problem.get());
      } else {
        made++;
      }
    }
    for (Node node : graph.nodes("Attention")) {
      if (node.is("Attention")) {
        missed.add("The attention " + node.output() + " is one node of the standard already.");
      }
    }
    return new PassReport(NAME, made, missed);
  }

  /** Whether a softmax is over pairs of tokens, and not over labels. */
  private static boolean isOfScores(Observation observation, String value) {
    long tokens = observation.width();
    return observation
        .shape(value)
        .filter(shape -> shape.length >= 3)
        .filter(shape -> shape[shape.length - 1] == tokens && shape[shape.length - 2] == tokens)
        .isPresent();
  }

  private static Optional<String> fuse(
      Graph graph, Observation observation, Node softmax, Map<List<String>, List<String>> merged) {
    if (observation.shape(softmax.output()).orElseThrow().length != 4) {
      return Optional.of("has rows and heads in one dimension.");
    }
    AttentionParts.Search search = AttentionParts.at(graph, observation, softmax);
    if (search.problem() != null) {
      return Optional.of(search.problem());
    }
    AttentionParts parts = search.parts();
    Terms terms = Terms.of(graph, observation, parts.scores());
    if (terms.problem() != null) {
      return Optional.of(terms.problem());
    }
    // Layers that share their weights, as ALBERT's do, share them afterwards.
    List<String> constants =
        merged.computeIfAbsent(
            parts.constants(), names -> merge(graph, parts.joined(), parts.projections()));
    replace(graph, parts, terms, constants);
    return Optional.empty();
  }

  /** Names of the weights and the bias of three layers side by side. */
  private static List<String> merge(Graph graph, String output, Projections from) {
    return List.of(
        graph.addConstant(output + "_qkv_weights", from.weights()),
        graph.addConstant(output + "_qkv_bias", from.bias()));
  }

  private static void replace(
      Graph graph, AttentionParts parts, Terms terms, List<String> constants) {
    String output = parts.joined();
    List<String> inputs = new ArrayList<>();
    inputs.add(parts.projections().input());
    inputs.addAll(constants);
    inputs.add(terms.masked() ? mask(graph) : "");
    if (terms.bias() != null) {
      inputs.add(""); // No past.
      inputs.add(terms.bias());
    }
    graph.remove(List.of(graph.producer(output).orElseThrow()));
    graph.add(
        Node.contrib(NAME, inputs, output)
            .with(HEADS, parts.heads())
            .with(SCALE, (float) parts.scale()));
  }

  /**
   * Whether a node is an attention as it is made here. Those that others fused may look only at
   * tokens before, have values of another size, or take the mask otherwise.
   */
  public static boolean isOwn(Graph graph, Node node) {
    return node.isContrib(NAME)
        && node.input(4).isEmpty()
        && node.attributes().keySet().equals(ATTRIBUTES)
        && isFloats(graph, node.input(1), 2)
        && isFloats(graph, node.input(2), 1);
  }

  private static boolean isFloats(Graph graph, String value, int rank) {
    return graph
        .constant(value)
        .filter(tensor -> tensor.rank() == rank && tensor.type() == ElementType.FLOAT)
        .isPresent();
  }

  /** Whether a value tells what is padding, and nothing else that the operator would not know. */
  static boolean isMask(Graph graph, Observation observation, String value) {
    return observation.isPaddingMask(value) && Ancestors.inputs(graph, value).equals(MASK_ALONE);
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
        if (!isMask(graph, observation, condition)) {
          return failed("replaces scores by something else than the mask.");
        }
        masked = true;
      }
      long[] shape = observation.shape(scores.product().output()).orElseThrow();
      for (String term : scores.added()) {
        if (isMask(graph, observation, term)) {
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
