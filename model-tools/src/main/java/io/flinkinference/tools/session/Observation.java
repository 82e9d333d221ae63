package io.flinkinference.tools.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the values inside of a graph are like when it runs: their shapes, and which single numbers
 * are always the same. Exporters compute much from shapes that a reader of the graph cannot tell to
 * be constant.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class Observation {

  /** Stands for the end token, which it usually is. */
  private static final int LAST = 3;

  /** No two dimensions of the batch, nor of usual models, have the same size. */
  private static final int[][] FIRST = {
    {2, 5, 6, 7, 8, 9, 10, 11, 12, 13, LAST}, {2, 9, 8, 7, LAST}, {2, 5, 6, LAST}
  };

  private static final int[][] SECOND = {
    {2, 5, 6, 7, 8, 9, LAST}, {2, 8, 7, LAST}, {2, LAST}, {2, 4, LAST}, {2, LAST}
  };

  private final Map<String, long[]> shapes;
  private final Map<String, Float> numbers;
  private final Set<String> masks;

  private Observation(Map<String, long[]> shapes, Map<String, Float> numbers, Set<String> masks) {
    this.shapes = shapes;
    this.numbers = numbers;
    this.masks = masks;
  }

  /** Rows that have the graph's end token at their end, and nowhere else. */
  private static TokenBatch batch(int[][] rows, int end) {
    return TokenBatch.of(
        Arrays.stream(rows)
            .map(
                row ->
                    Arrays.stream(row)
                        .map(id -> id == LAST ? end : id == end ? LAST : id)
                        .toArray())
            .map(Encoding::of)
            .toList());
  }

  /** Runs a graph twice, with batches of different shapes. */
  public static Observation of(Graph graph) {
    Graph open = graph.copy();
    for (Node node : graph.nodes()) {
      node.outputs().stream().filter(name -> !name.isEmpty()).forEach(open::addOutput);
    }
    Map<String, long[]> shapes = new HashMap<>();
    Map<String, Float> numbers = new HashMap<>();
    Set<String> masks = new HashSet<>();
    TokenBatch batch = batch(FIRST, graph.endToken());
    try (GraphSession session = GraphSession.open(open)) {
      session.look(
          batch,
          (name, value) -> {
            first(name, value, shapes, numbers);
            if (PaddingMask.is(value, batch)) {
              masks.add(name);
            }
          });
      session.look(
          batch(SECOND, graph.endToken()),
          (name, value) -> {
            Float number = number(value);
            if (number == null || !number.equals(numbers.get(name))) {
              numbers.remove(name);
            }
          });
    }
    for (String name : graph.constants()) {
      Tensor tensor = graph.constant(name).orElseThrow();
      shapes.put(name, tensor.shape());
    }
    return new Observation(shapes, numbers, masks);
  }

  private static void first(
      String name, OnnxValue value, Map<String, long[]> shapes, Map<String, Float> numbers) {
    if (value instanceof OnnxTensor tensor) {
      shapes.put(name, tensor.getInfo().getShape());
      Float number = number(value);
      if (number != null) {
        numbers.put(name, number);
      }
    }
  }

  private static Float number(OnnxValue value) {
    return value instanceof OnnxTensor tensor
            && tensor.getInfo().type == OnnxJavaType.FLOAT
            && tensor.getInfo().getNumElements() == 1
        ? tensor.getFloatBuffer().get(0)
        : null;
  }

  /** Rows of the batch by which shapes were observed. */
  public long rows() {
    return FIRST.length;
  }

  /** Tokens of each row, with padding. */
  public long width() {
    return FIRST[0].length;
  }

  /** Sizes of a value in that batch; empty where it was not seen. */
  public Optional<long[]> shape(String value) {
    return Optional.ofNullable(shapes.get(value));
  }

  /** Whether a value has a vector for each token of that batch. */
  public boolean isOfTokens(String value) {
    return shape(value)
        .filter(shape -> shape.length == 3 && shape[0] == rows() && shape[1] == width())
        .isPresent();
  }

  /** Whether a value has a shape. */
  public boolean has(String value, long... shape) {
    return Arrays.equals(shapes.get(value), shape);
  }

  /**
   * Whether a value tells padding from tokens and nothing else: of shape [rows, heads or 1, queries
   * or 1, keys], the same for all tokens of a row, and another for its padding.
   */
  public boolean isPaddingMask(String value) {
    return masks.contains(value);
  }

  /** The number that a value always is. */
  public OptionalDouble number(Graph graph, String value) {
    Optional<Tensor> constant = graph.constant(value);
    if (constant.isPresent()) {
      return constant.get().count() == 1 && constant.get().type() == ElementType.FLOAT
          ? OptionalDouble.of(constant.get().toFloats()[0])
          : OptionalDouble.empty();
    }
    Float number = numbers.get(value);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }
}
