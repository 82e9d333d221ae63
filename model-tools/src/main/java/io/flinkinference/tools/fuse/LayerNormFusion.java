package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.DeadNodes;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one {@code SkipLayerNormalization} of a layer normalisation, the sum of two values that it
 * reads, and the bias of a linear layer that is among them; of the embeddings' normalisation too,
 * whose positions all texts share. A normalisation without a sum before it becomes one {@code
 * LayerNormalization}.
 */
final class LayerNormFusion implements Pass {

  static final String NAME = "SkipLayerNormalization";

  private final boolean skips;

  /**
   * @param skips whether sums become part of the normalisation
   */
  LayerNormFusion(boolean skips) {
    this.skips = skips;
  }

  @Override
  public PassReport apply(Graph graph, Observation observation) {
    List<String> missed = new ArrayList<>();
    int made = 0;
    for (Node node : graph.nodes()) {
      LayerNorm norm = LayerNorm.at(graph, observation, node).orElse(null);
      if (norm == null) {
        if (node.is("LayerNormalization")) {
          missed.add(
              "The normalisation "
                  + node.output()
                  + " is not over the last dimension, or others read its mean.");
        }
        continue;
      }
      Node sum = graph.producer(norm.input()).filter(one -> one.is("Add")).orElse(null);
      if (skips && sum != null && isSkip(observation, sum, norm)) {
        skip(graph, observation, node, norm, sum);
        made++;
      } else {
        if (!node.is("LayerNormalization")) {
          alone(graph, node, norm);
        }
        missed.add(
            "The normalisation " + node.output() + " has no sum of two layers' results before it.");
      }
    }
    DeadNodes.remove(graph); // What the normalisations were made of.
    for (Node root : graph.nodes("Sqrt")) {
      if (isByToken(observation, root.output())) {
        missed.add(
            "The root " + root.output() + " is of a normalisation that is written otherwise.");
      }
    }
    return new PassReport(NAME, made, missed);
  }

  /** Whether a value has one number for each token. */
  private static boolean isByToken(Observation observation, String value) {
    return observation.has(value, observation.rows(), observation.width(), 1);
  }

  /** Whether a sum is of two values of its shape, or of one such and one that all texts share. */
  private static boolean isSkip(Observation observation, Node sum, LayerNorm norm) {
    long[] shape = observation.shape(norm.input()).filter(one -> one.length == 3).orElse(null);
    return shape != null
        && sum.inputs().stream()
            .allMatch(
                part ->
                    observation.has(part, shape) || observation.has(part, 1, shape[1], shape[2]));
  }

  private static void skip(
      Graph graph, Observation observation, Node node, LayerNorm norm, Node sum) {
    // The operator adds what all texts share, as positions are, and its bias to the first.
    long[] shape = observation.shape(norm.input()).orElseThrow();
    List<String> whole =
        sum.inputs().stream().filter(part -> observation.has(part, shape)).toList();
    String first =
        whole.stream().filter(part -> biased(graph, part) != null).findFirst().orElse(whole.get(0));
    Operands biased = biased(graph, first);
    List<String> inputs = new ArrayList<>();
    inputs.add(biased == null ? first : biased.other());
    inputs.add(sum.input(first.equals(sum.input(0)) ? 1 : 0));
    inputs.add(norm.scale());
    inputs.add(norm.bias());
    if (biased != null) {
      inputs.add(biased.constant());
    }
    boolean sumIsRead =
        graph.isOutput(norm.input()) || !norm.inner().containsAll(graph.consumers(norm.input()));
    graph.remove(List.of(node));
    Node fused;
    if (sumIsRead) {
      graph.remove(List.of(sum));
      // The two in between are for training.
      fused = Node.contrib(NAME, inputs, node.output(), "", "", norm.input());
    } else {
      fused = Node.contrib(NAME, inputs, node.output());
    }
    graph.add(fused.with("epsilon", norm.epsilon()));
  }

  /** The bias of a value that only the sum reads. */
  private static Operands biased(Graph graph, String value) {
    return graph
        .producer(value)
        .filter(node -> node.is("Add") && graph.isInner(value))
        .map(node -> Operands.withConstant(graph, node))
        .orElse(null);
  }

  private static void alone(Graph graph, Node node, LayerNorm norm) {
    graph.remove(List.of(node));
    graph.add(
        Node.of(
                "LayerNormalization",
                List.of(norm.input(), norm.scale(), norm.bias()),
                node.output())
            .with("axis", -1)
            .with("epsilon", norm.epsilon()));
  }
}
