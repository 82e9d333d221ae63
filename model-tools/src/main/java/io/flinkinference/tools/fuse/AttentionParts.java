package io.flinkinference.tools.fuse;

import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.session.Observation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An attention as an exporter writes it: projections, heads, scores, and the joining of heads. It
 * is found from its softmax:
 *
 * <pre>
 *               input [rows, tokens, width]
 *     MatMul, Add   MatMul, Add   MatMul, Add        {@link Projections}, of three {@link Linear}
 *     Reshape       Reshape       Reshape            {@link Heads}: [rows, tokens, heads, size],
 *     Transpose     Transpose     Transpose           then [rows, heads, tokens, size]; of the keys
 *     (scale)       (scale)          |                [rows, heads, size, tokens]; {@link Scaled}
 *          \          /              |
 *            MatMul                  |               {@link Scores}: the product,
 *            Mul or Div              |                 scaled (BERT; dynamo scales above, twice),
 *            Add mask, Add terms     |                 with a mask and what else is added (MPNet), or
 *            Where padding, -inf     |                 a constant in place of some (DistilBERT)
 *            Softmax                 |
 *            Where IsNaN, 0          |               (dynamo) {@link #probabilities}
 *                 \                 /
 *                     MatMul
 *                     Transpose                      {@link Heads#joinedFrom}
 *                     Reshape
 *               joined [rows, tokens, width]
 * </pre>
 *
 * <p>Each step but the products may be left out or be written in another order of the operands.
 * Whether a term is the mask of padding, and how many heads there are, is seen in a run ({@link
 * Observation}).
 */
public final class AttentionParts {

  private final Scores scores;
  private final List<Heads> split;
  private final String joined;
  private final Projections projections;
  private final long heads;

  private AttentionParts(
      Scores scores, List<Heads> split, String joined, Projections projections, long heads) {
    this.scores = scores;
    this.split = split;
    this.joined = joined;
    this.projections = projections;
    this.heads = heads;
  }

  /**
   * What was found around a softmax.
   *
   * @param parts of the attention, or null
   * @param problem why it is none, as the end of a sentence, or null
   */
  public record Search(AttentionParts parts, String problem) {

    private static Search failed(String problem) {
      return new Search(null, problem);
    }
  }

  /** Looks for the attention that a softmax belongs to. */
  public static Search at(Graph graph, Observation observation, Node softmax) {
    Optional<Scores> found = Scores.at(graph, observation, softmax.input(0));
    if (found.isEmpty()) {
      return Search.failed(
          isFusedElsewhere(graph, softmax.input(0))
              ? "has scores of a FusedMatMul, which another tool put there. Give the export that it"
                  + " was given."
              : "has scores that are more than a scaled product with terms added.");
    }
    Scores scores = found.get();
    String probabilities = probabilities(graph, observation, softmax);
    // What the one node would compute again.
    if (graph.isOutput(probabilities) || graph.isOutput(softmax.output())) {
      return Search.failed("has probabilities that callers fetch.");
    }
    List<Node> readers = graph.consumers(probabilities);
    if (readers.size() != 1 || !readers.get(0).is("MatMul")) {
      return Search.failed("has probabilities that are not only multiplied with the values.");
    }
    Node sum = readers.get(0);
    Optional<Heads> queries = Heads.at(graph, observation, scores.product().input(0));
    Optional<Heads> keys = Heads.turnedAt(graph, observation, scores.product().input(1));
    Optional<Heads> values = Heads.at(graph, observation, sum.input(1));
    Optional<String> joined = Heads.joinedFrom(graph, sum.output());
    if (queries.isEmpty() || keys.isEmpty() || values.isEmpty() || joined.isEmpty()) {
      return Search.failed(
          "has queries, keys, values or results that are not split into heads and joined by one"
              + " Reshape and Transpose; positions that turn them, for instance, are in between.");
    }
    Optional<Projections> projections =
        Projections.of(graph, queries.get(), keys.get(), values.get());
    if (projections.isEmpty()) {
      return Search.failed(
          "does not read queries, keys and values from one value by linear layers.");
    }
    if (!isOverTokens(observation, projections.get().input())
        || !isOverTokens(observation, joined.get())) {
      return Search.failed(
          "reads or writes the tokens of all rows in one dimension, which the operator does not.");
    }
    List<Heads> split = List.of(queries.get(), keys.get(), values.get());
    long heads = observation.shape(softmax.output()).orElseThrow()[1];
    return new Search(
        new AttentionParts(scores, split, joined.get(), projections.get(), heads), null);
  }

  /** ONNX Runtime's optimiser has the scale, and at times the turned keys, in that node. */
  private static boolean isFusedElsewhere(Graph graph, String scores) {
    Node node = graph.producer(scores).orElse(null);
    List<String> parts = node != null && node.is("Add") ? node.inputs() : List.of(scores);
    return parts.stream()
        .flatMap(part -> graph.producer(part).stream())
        .anyMatch(one -> one.isContrib("FusedMatMul"));
  }

  /**
   * What is multiplied with the values. PyTorch puts zeros for what is no number, as in a row that
   * is padding alone, which no text is.
   */
  private static String probabilities(Graph graph, Observation observation, Node softmax) {
    String value = softmax.output();
    List<Node> readers = graph.consumers(value);
    return readers.stream()
        .filter(node -> node.is("Where") && node.input(2).equals(value))
        .filter(node -> isZero(observation.number(graph, node.input(1))))
        .filter(node -> readers.size() == 2 && isTestOf(graph, node.input(0), value))
        .map(Node::output)
        .findFirst()
        .orElse(value);
  }

  private static boolean isZero(OptionalDouble number) {
    return number.isPresent() && number.getAsDouble() == 0;
  }

  private static boolean isTestOf(Graph graph, String test, String value) {
    return graph
        .producer(test)
        .filter(node -> node.is("IsNaN") && node.input(0).equals(value))
        .isPresent();
  }

  private static boolean isOverTokens(Observation observation, String value) {
    return observation.shape(value).filter(shape -> shape.length == 3).isPresent();
  }

  /** Number of heads. */
  public long heads() {
    return heads;
  }

  /** Name of the result, of shape [rows, tokens, heads * size]. */
  public String joined() {
    return joined;
  }

  /** Names of queries, keys and values, of shape [rows, tokens, heads, size]. */
  public List<String> split() {
    return split.stream().map(Heads::split).toList();
  }

  /** Names of the weights, and of the biases that there are, of queries, keys and values. */
  public List<String> constants() {
    return projections.layers().stream().flatMap(layer -> layer.names().stream()).toList();
  }

  /** Whether something is added to the scores that is another for each head. */
  public boolean hasTermsByHead(Graph graph, Observation observation) {
    return scores.added().stream()
        .filter(term -> !AttentionFusion.isMask(graph, observation, term))
        .anyMatch(
            term ->
                observation
                    .shape(term)
                    .filter(shape -> shape.length == 4 && shape[1] == 1)
                    .isEmpty());
  }

  Scores scores() {
    return scores;
  }

  Projections projections() {
    return projections;
  }

  double scale() {
    return scores.scale() * split.get(0).scale() * split.get(1).scale();
  }
}
