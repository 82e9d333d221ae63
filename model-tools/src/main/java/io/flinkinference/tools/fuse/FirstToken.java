package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out what nobody reads: a head that reads the first token alone needs of the last layer the
 * keys and values of all tokens, but the queries, and all that comes after the attention, of the
 * first one only.
 *
 * <p>From the head it goes back over nodes that compute each token by itself, up to the attention.
 * Narrowed values have one token and new names. Values that others read too stay as they are.
 *
 * <p>The attention itself is asked for the first token twice. For a single query ONNX Runtime
 * multiplies matrices by another kernel, which adds in groups of four tokens: there padding changes
 * the last bits, and a text's result would depend on the texts beside it.
 */
final class FirstToken implements Pass {

  /** Read from several values of tokens, or from one and constants, token by token. */
  private static final Set<String> BY_ELEMENT =
      Set.of("Add", "Sub", "Mul", "Div", "Erf", "Relu", "Tanh", "Sigmoid", "Gelu");

  private static final Set<String> CONTRIB = Set.of("BiasGelu", "Gelu", "FastGelu", "QuickGelu");

  @Override
  public PassReport apply(Graph graph, Observation observation) {
    Narrowing narrowing = new Narrowing(graph, observation);
    int made = narrowing.run();
    List<String> missed =
        made == 0 && narrowing.isReadAlone()
            ? List.of(
                "The first token is read, but of no attention that was fused here without terms of its own, so the last layer computes all tokens.")
            : List.of();
    return new PassReport("First token alone", made, missed);
  }

  private static final class Narrowing {

    private final Graph graph;
    private final Observation observation;
    private final Set<String> first = new HashSet<>();
    private final Map<String, String> narrowed = new HashMap<>();

    Narrowing(Graph graph, Observation observation) {
      this.graph = graph;
      this.observation = observation;
    }

    /** Returns how many nodes compute one token where they computed all. */
    int run() {
      List<Node> nodes = graph.nodes();
      for (int i = nodes.size() - 1; i >= 0; i--) {
        Node node = nodes.get(i);
        if ((isByToken(node) || isAttention(node)) && isReadAtFirst(node.output())) {
          first.add(node.output());
        }
      }
      // Without attention on the way hardly anything is saved.
      if (nodes.stream().noneMatch(node -> isAttention(node) && first.contains(node.output()))) {
        return 0;
      }
      int made = 0;
      for (Node node : nodes) {
        if (first.contains(node.output())) {
          narrow(node);
          made++;
        } else if (isHead(node) && first.contains(node.input(0))) {
          graph.replaceReads(node, node.input(0), narrowed.get(node.input(0)));
        }
      }
      return made;
    }

    /** Whether a head reads what nobody else needs of the other tokens. */
    boolean isReadAlone() {
      return graph.nodes().stream().anyMatch(node -> isHead(node) && first.contains(node.input(0)));
    }

    private boolean isReadAtFirst(String value) {
      List<Node> readers = graph.consumers(value);
      return !graph.isOutput(value)
          && !readers.isEmpty()
          && readers.stream()
              .allMatch(one -> isHead(one) || (isByToken(one) && first.contains(one.output())));
    }

    /** Takes the first token of each row. */
    private boolean isHead(Node node) {
      return node.is("Gather")
          && node.attribute("axis", 0L) == 1
          && isTokens(node.input(0))
          && graph
              .constant(node.input(1))
              .filter(index -> index.count() == 1 && isZero(index))
              .isPresent();
    }

    private static boolean isZero(Tensor index) {
      for (int i = 0; i < index.data().remaining(); i++) {
        if (index.data().get(i) != 0) {
          return false;
        }
      }
      return true;
    }

    private boolean isRead(String output) {
      return !output.isEmpty() && !graph.consumers(output).isEmpty();
    }

    private boolean isByToken(Node node) {
      if (node.outputs().stream().skip(1).anyMatch(this::isRead)) {
        return false;
      }
      if (node.is("MatMul")) {
        return isTokens(node.input(0)) && isConstant(node.input(1), 2);
      }
      boolean known =
          (BY_ELEMENT.contains(node.type()) && node.domain().isEmpty())
              || CONTRIB.stream().anyMatch(node::isContrib)
              || (node.is("LayerNormalization") && node.attribute("axis", -1L) == -1)
              || node.isContrib("SkipLayerNormalization");
      return known
          && node.inputs().stream()
              .allMatch(input -> input.isEmpty() || isTokens(input) || isConstant(input, 1));
    }

    /** As the fusion makes it, and without terms that are another for each pair of tokens. */
    private boolean isAttention(Node node) {
      return AttentionFusion.isOwn(graph, node) && node.input(5).isEmpty();
    }

    private boolean isTokens(String value) {
      return graph.constant(value).isEmpty() && observation.isOfTokens(value);
    }

    private boolean isConstant(String value, int mostRank) {
      return graph.constant(value).filter(tensor -> tensor.rank() <= mostRank).isPresent();
    }

    private void narrow(Node node) {
      String output = graph.freshName(node.output() + "_first");
      narrowed.put(node.output(), output);
      if (isAttention(node)) {
        narrowAttention(node, output);
        return;
      }
      List<String> inputs = new ArrayList<>();
      for (String input : node.inputs()) {
        inputs.add(isTokens(input) ? firstOf(input) : input);
      }
      List<String> outputs = new ArrayList<>(node.outputs());
      for (int i = 0; i < outputs.size(); i++) {
        outputs.set(i, i == 0 ? output : "");
      }
      graph.add(node.moved(inputs, outputs));
    }

    private void narrowAttention(Node node, String output) {
      String input = node.input(0);
      String twice = take(input, 0, 0);
      String attended = graph.freshName(output + "_twice");
      Tensor weights = graph.constant(node.input(1)).orElseThrow();
      List<String> projected = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        String third = graph.addConstant(output + "_weights", third(weights, part));
        String source = part == 0 ? twice : input;
        projected.add(
            graph
                .add(Node.of("MatMul", List.of(source, third), graph.freshName(output + "_of")))
                .output());
      }
      projected.add(node.input(2));
      projected.add(node.input(3));
      graph.add(
          Node.contrib("MultiHeadAttention", projected, attended)
              .with("num_heads", node.attribute("num_heads", 0L))
              .with("scale", node.attribute("scale", 0f)));
      graph.add(taking(attended, output, 0));
    }

    /** Columns of queries, keys or values. */
    private static Tensor third(Tensor weights, int part) {
      int in = weights.size(0);
      int out = weights.size(1) / 3;
      float[] all = weights.toFloats();
      float[] third = new float[in * out];
      for (int row = 0; row < in; row++) {
        System.arraycopy(all, (row * 3 + part) * out, third, row * out, out);
      }
      return Tensor.floats(third, in, out);
    }

    /** The first token of a value: one that was narrowed, or cut out of it. */
    private String firstOf(String value) {
      return narrowed.computeIfAbsent(value, name -> take(name, 0));
    }

    private String take(String value, long... tokens) {
      return graph.add(taking(value, graph.freshName(value + "_first"), tokens)).output();
    }

    private Node taking(String value, String output, long... tokens) {
      String indices = graph.addConstant(output + "_tokens", Tensor.longs(tokens, tokens.length));
      return Node.of("Gather", List.of(value, indices), output).with("axis", 1);
    }
  }
}
