package io.flinkinference.tools.prune;

import io.flinkinference.tools.fuse.AttentionParts;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what can be taken out of a graph that is not fused, and says what cannot. */
final class UnitSearch {

  /** These compute each channel by itself, and leave the rest as it is. */
  private static final Set<String> BY_CHANNEL =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Sqrt",
          "Erf",
          "Tanh",
          "Sigmoid",
          "Relu",
          "Gelu",
          "BiasGelu",
          "Identity");

  private final Graph graph;
  private final Observation observation;
  private final Map<String, Units> found = new LinkedHashMap<>();
  private final List<String> missed = new ArrayList<>();

  private UnitSearch(Graph graph, Observation observation) {
    this.graph = graph;
    this.observation = observation;
  }

  /**
   * What was found.
   *
   * @param units in the order of the graph
   * @param missed what looked like some, each as a sentence that says why it is not
   */
  record Result(List<Units> units, List<String> missed) {}

  static Result neurons(Graph graph, Observation observation) {
    UnitSearch search = new UnitSearch(graph, observation);
    graph.nodes("MatMul").forEach(search::neurons);
    return search.result();
  }

  static Result heads(Graph graph, Observation observation) {
    UnitSearch search = new UnitSearch(graph, observation);
    graph.nodes("Softmax").stream()
        .filter(
            node -> observation.shape(node.output()).filter(shape -> shape.length == 4).isPresent())
        .forEach(search::heads);
    return search.result();
  }

  private Result result() {
    return new Result(List.copyOf(found.values()), missed);
  }

  private void put(Units units) {
    found.merge(units.into(), units, UnitSearch::merged);
  }

  /** Layers that share weights are one place with several values. */
  private static Units merged(Units one, Units other) {
    return new Units(
        one.kind(),
        one.count(),
        one.size(),
        joined(one.reads(), other.reads()),
        one.into(),
        joined(one.biases(), other.biases()),
        joined(one.columns(), other.columns()),
        joined(one.splits(), other.splits()),
        joined(one.joins(), other.joins()));
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
  }

  // ---- neurons

  /** Takes a MatMul for the second of a feed-forward part if functions lead to a first. */
  private void neurons(Node second) {
    Tensor weights = weights(second).orElse(null);
    String read = second.input(0);
    if (weights == null || !observation.isOfTokens(read)) {
      return;
    }
    Chain chain = new Chain(weights.size(0));
    if (!chain.walk(read) || chain.firsts.size() != 1 || !chain.isClosed(second)) {
      return; // A residual connection, or a normalisation.
    }
    chain.columns.add(chain.firsts.iterator().next().input(1));
    put(
        new Units(
            Units.Kind.NEURONS,
            weights.size(0),
            1,
            List.of(read),
            second.input(1),
            bias(second),
            List.copyOf(chain.columns),
            List.of(),
            List.of()));
  }

  /** Functions of each channel, back to the products before them. */
  private final class Chain {

    private final int channels;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<Node> firsts = new LinkedHashSet<>();
    private final Set<Node> nodes = new LinkedHashSet<>();

    Chain(int channels) {
      this.channels = channels;
    }

    /** Goes back from a value; false where something else leads to it. */
    boolean walk(String value) {
      Tensor constant = graph.constant(value).orElse(null);
      if (constant != null) {
        boolean list = constant.rank() == 1 && constant.count() == channels;
        if (list) {
          columns.add(value);
        }
        return list || constant.count() == 1;
      }
      Node node = graph.producer(value).orElse(null);
      if (node == null || !endsWith(value, channels)) {
        return observation.number(graph, value).isPresent();
      }
      if (node.is("MatMul")) {
        firsts.add(node);
        nodes.add(node);
        return weights(node).isPresent();
      }
      if (!BY_CHANNEL.contains(node.type())) {
        return false;
      }
      return !nodes.add(node) || node.inputs().stream().allMatch(this::walk);
    }

    /** Whether nobody else reads what is inside. */
    boolean isClosed(Node second) {
      return nodes.size() > 1
          && nodes.stream()
              .flatMap(node -> node.outputs().stream())
              .allMatch(value -> isClosed(value, second));
    }

    private boolean isClosed(String value, Node second) {
      return !graph.isOutput(value)
          && graph.consumers(value).stream()
              .allMatch(node -> node == second || node.is("Shape") || nodes.contains(node));
    }
  }

  private boolean endsWith(String value, int channels) {
    return observation
        .shape(value)
        .filter(shape -> shape.length == 3 && shape[2] == channels)
        .isPresent();
  }

  private Optional<Tensor> weights(Node product) {
    return graph
        .constant(product.input(1))
        .filter(one -> one.rank() == 2 && one.type() == ElementType.FLOAT);
  }

  /** What is added to a product, and to it alone. */
  private List<String> bias(Node product) {
    Node next =
        graph.isInner(product.output()) ? graph.consumers(product.output()).get(0) : product;
    return next.is("Add")
        ? next.inputs().stream()
            .filter(one -> graph.constant(one).filter(tensor -> tensor.rank() == 1).isPresent())
            .toList()
        : List.of();
  }

  // ---- heads

  private void heads(Node softmax) {
    AttentionParts.Search search = AttentionParts.at(graph, observation, softmax);
    String problem = search.problem();
    if (problem == null && search.parts().hasTermsByHead(graph, observation)) {
      problem = "adds to the scores what is another for each head.";
    }
    List<Node> readers =
        problem == null
            ? graph.consumers(search.parts().joined()).stream()
                .filter(node -> !node.is("Shape"))
                .toList()
            : List.of();
    if (problem == null && (readers.size() != 1 || weights(readers.get(0)).isEmpty())) {
      problem = "has a result that no linear layer reads alone.";
    }
    if (problem != null) {
      missed.add("The heads around " + softmax.output() + " stay: the attention " + problem);
      return;
    }
    AttentionParts parts = search.parts();
    Node second = readers.get(0);
    int channels = weights(second).orElseThrow().size(0);
    int count = Math.toIntExact(parts.heads());
    put(
        new Units(
            Units.Kind.HEADS,
            count,
            channels / count,
            List.of(second.input(0)),
            second.input(1),
            bias(second),
            parts.constants(),
            parts.split(),
            List.of(parts.joined())));
  }
}
