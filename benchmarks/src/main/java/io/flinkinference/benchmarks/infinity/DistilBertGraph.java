package io.flinkinference.benchmarks.infinity;

import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.graph.ValueInfos;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Lays a text classifier of DistilBERT's kind out as an ONNX graph, in the operators in which
 * PyTorch exports it: matrix products and additions apart, attention and Gelu in their parts.
 * Nothing is fused, for that is what is measured. Weights are random and always the same for a
 * seed. Used by one thread.
 */
final class DistilBertGraph {

  private static final int OPSET = 17;
  private static final float EPSILON = 1e-12f;
  private static final double DEVIATION = 0.02;
  private static final String TOKENS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String LOGITS = "logits";

  private final Graph graph = Graph.empty(OPSET);
  private final Shape shape;
  private final long seed;
  private long parameters;

  /**
   * Makes the graph.
   *
   * @param seed of the weights
   */
  DistilBertGraph(Shape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
    graph.addInput(TOKENS, ElementType.INT64, -1, -1);
    graph.addInput(MASK, ElementType.INT64, -1, -1);
    constants();
    String hidden = embeddings();
    // True where there is padding: those scores are replaced.
    String padding = node("Reshape", node("Equal", MASK, "zero"), "mask_shape");
    for (int layer = 0; layer < shape.layers(); layer++) {
      hidden = layer("layer." + layer, hidden, padding);
    }
    classify(hidden);
    graph.setOutputs(List.of(ValueInfos.of(LOGITS, ElementType.FLOAT, -1, shape.labels())));
  }

  Graph graph() {
    return graph;
  }

  /** Numbers of all weights and vectors. */
  long parameters() {
    return parameters;
  }

  private void constants() {
    int head = shape.width() / shape.heads();
    graph.addConstant("zero", Tensor.longs(new long[] {0}));
    graph.addConstant("one", Tensor.longs(new long[] {1}));
    integers("first", 0);
    // 0 keeps a dimension, -1 takes what is left.
    integers("mask_shape", 0, 1, 1, -1);
    integers("heads_shape", 0, -1, shape.heads(), head);
    integers("merged_shape", 0, -1, shape.width());
    integers("position_ids", LongStream.range(0, shape.positions()).toArray());
    graph.addConstant("sqrt_head", Tensor.scalar((float) Math.sqrt(head)));
    graph.addConstant("lowest", Tensor.scalar(-Float.MAX_VALUE));
    graph.addConstant("sqrt_2", Tensor.scalar((float) Math.sqrt(2)));
    graph.addConstant("real_1", Tensor.scalar(1));
    graph.addConstant("half", Tensor.scalar(0.5f));
  }

  private String embeddings() {
    String words = weight("embeddings.word", shape.words(), shape.width());
    String positions = weight("embeddings.position", shape.positions(), shape.width());
    String length = node("Gather", node("Shape", TOKENS), "one");
    String end = node("Unsqueeze", length, "first");
    String places = node("Slice", "position_ids", "first", end, "first");
    String sum = node("Add", node("Gather", words, TOKENS), node("Gather", positions, places));
    return normalize("embeddings.norm", sum);
  }

  private String layer(String name, String hidden, String padding) {
    String attended = linear(name + ".out", attention(name, hidden, padding), shape.width());
    String middle = normalize(name + ".norm_1", node("Add", attended, hidden));
    String inner = gelu(linear(name + ".lin1", middle, shape.width(), shape.inner()));
    String outer = linear(name + ".lin2", inner, shape.inner(), shape.width());
    return normalize(name + ".norm_2", node("Add", outer, middle));
  }

  private String attention(String name, String hidden, String padding) {
    String query = heads(linear(name + ".query", hidden, shape.width()), 0, 2, 1, 3);
    String key = heads(linear(name + ".key", hidden, shape.width()), 0, 2, 3, 1);
    String value = heads(linear(name + ".value", hidden, shape.width()), 0, 2, 1, 3);
    String scaled = node("Div", query, "sqrt_head");
    String scores = node("Where", padding, "lowest", node("MatMul", scaled, key));
    String shares = add(made("Softmax", scores).with("axis", -1));
    return node("Reshape", transposed(node("MatMul", shares, value), 0, 2, 1, 3), "merged_shape");
  }

  private String heads(String vectors, long... order) {
    return transposed(node("Reshape", vectors, "heads_shape"), order);
  }

  private String transposed(String value, long... order) {
    return add(made("Transpose", value).with("perm", order));
  }

  /** x / 2 * (1 + erf(x / sqrt(2))). */
  private String gelu(String x) {
    String erf = node("Erf", node("Div", x, "sqrt_2"));
    return node("Mul", node("Mul", x, node("Add", erf, "real_1")), "half");
  }

  private void classify(String hidden) {
    String first = add(made("Gather", hidden, "zero").with("axis", 1));
    String weight = weight("pre_classifier.weight", shape.width(), shape.width());
    String bias = vector("pre_classifier.bias", 0, shape.width());
    String before = add(made("Gemm", first, weight, bias).with("transB", 1));
    List<String> last =
        List.of(
            node("Relu", before),
            weight("classifier.weight", shape.labels(), shape.width()),
            vector("classifier.bias", 0, shape.labels()));
    add(Node.of("Gemm", last, LOGITS).with("transB", 1));
  }

  private String linear(String name, String input, int width) {
    return linear(name, input, width, width);
  }

  private String linear(String name, String input, int from, int to) {
    String product = node("MatMul", input, weight(name + ".weight", from, to));
    return node("Add", vector(name + ".bias", 0, to), product);
  }

  private String normalize(String name, String input) {
    String weight = vector(name + ".weight", 1, shape.width());
    String bias = vector(name + ".bias", 0, shape.width());
    return add(
        made("LayerNormalization", input, weight, bias).with("axis", -1).with("epsilon", EPSILON));
  }

  private String node(String operator, String... inputs) {
    return add(made(operator, inputs));
  }

  private Node made(String operator, String... inputs) {
    return Node.of(operator, List.of(inputs), graph.freshName(operator));
  }

  private String add(Node node) {
    return graph.add(node).output();
  }

  /** A matrix of random weights, spread evenly around 0. */
  private String weight(String name, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed + name.hashCode());
    // An even distribution over [-a, a] has the deviation a / sqrt(3).
    double range = DEVIATION * Math.sqrt(3);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * range);
    }
    parameters += values.length;
    return graph.addConstant(name, Tensor.floats(values, rows, columns));
  }

  /** A vector of equal weights, as those of a fresh bias or normalization are. */
  private String vector(String name, float value, int length) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    parameters += length;
    return graph.addConstant(name, Tensor.floats(values, length));
  }

  private void integers(String name, long... values) {
    graph.addConstant(name, Tensor.longs(values, values.length));
  }
}
