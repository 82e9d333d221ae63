package io.flinkinference.benchmarks.infinity;

import java.io.IOException;
import java.util.List;

/**
 * Lays a text classifier of DistilBERT's kind out as an ONNX graph, in the operators in which
 * PyTorch exports it: matrix products and additions apart, attention and Gelu in their parts.
 * Nothing is fused, for that is what is measured.
 */
final class DistilBertGraph {

  private static final float EPSILON = 1e-12f;
  private static final String BATCH = "batch";
  private static final String SEQUENCE = "sequence";

  private final Shape shape;
  private final GraphWriter graph;

  private DistilBertGraph(Shape shape, GraphWriter graph) {
    this.shape = shape;
    this.graph = graph;
  }

  /** Writes the weights, and returns the graph as the bytes of an ONNX file. */
  static byte[] write(Shape shape, GraphWriter graph) throws IOException {
    return new DistilBertGraph(shape, graph).write();
  }

  private byte[] write() throws IOException {
    constants();
    String hidden = embeddings();
    // True where there is padding: those scores are replaced.
    String padding =
        graph.node("Reshape", graph.node("Equal", "attention_mask", "zero"), "mask_shape");
    for (int layer = 0; layer < shape.layers(); layer++) {
      hidden = layer("layer." + layer, hidden, padding);
    }
    classify(hidden);
    return graph.model(
        "distilbert",
        List.of(
            GraphWriter.value("input_ids", GraphWriter.INT64, BATCH, SEQUENCE),
            GraphWriter.value("attention_mask", GraphWriter.INT64, BATCH, SEQUENCE)),
        List.of(GraphWriter.value("logits", GraphWriter.FLOAT, BATCH, shape.labels())));
  }

  private void constants() {
    int head = shape.width() / shape.heads();
    graph.integer("zero", 0);
    graph.integer("one", 1);
    graph.integers("first", 0);
    graph.integers("axis_1", 1);
    // 0 keeps a dimension, -1 takes what is left.
    graph.integers("mask_shape", 0, 1, 1, -1);
    graph.integers("heads_shape", 0, -1, shape.heads(), head);
    graph.integers("merged_shape", 0, -1, shape.width());
    graph.scalar("sqrt_head", (float) Math.sqrt(head));
    graph.scalar("lowest", -Float.MAX_VALUE);
    graph.scalar("sqrt_2", (float) Math.sqrt(2));
    graph.scalar("real_1", 1);
    graph.scalar("half", 0.5f);
  }

  private String embeddings() throws IOException {
    String words = graph.weight("embeddings.word", shape.words(), shape.width());
    String positions = graph.weight("embeddings.position", shape.positions(), shape.width());
    long[] all = new long[shape.positions()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    String length = graph.node("Gather", graph.node("Shape", "input_ids"), "one");
    String end = graph.node("Unsqueeze", length, "first");
    String places = graph.node("Slice", graph.integers("position_ids", all), "first", end, "first");
    String sum =
        graph.node(
            "Add",
            graph.node("Gather", words, "input_ids"),
            graph.node("Gather", positions, places));
    return normalize("embeddings.norm", sum);
  }

  private String layer(String name, String hidden, String padding) throws IOException {
    String attended = linear(name + ".out", attention(name, hidden, padding), shape.width());
    String middle = normalize(name + ".norm_1", graph.node("Add", attended, hidden));
    String inner = gelu(linear(name + ".lin1", middle, shape.width(), shape.inner()));
    String outer = linear(name + ".lin2", inner, shape.inner(), shape.width());
    return normalize(name + ".norm_2", graph.node("Add", outer, middle));
  }

  private String attention(String name, String hidden, String padding) throws IOException {
    String query = heads(linear(name + ".query", hidden, shape.width()), 0, 2, 1, 3);
    String key = heads(linear(name + ".key", hidden, shape.width()), 0, 2, 3, 1);
    String value = heads(linear(name + ".value", hidden, shape.width()), 0, 2, 1, 3);
    String scaled = graph.node("Div", query, "sqrt_head");
    String scores = graph.node("Where", padding, "lowest", graph.node("MatMul", scaled, key));
    String shares = graph.node("Softmax", List.of(Attribute.of("axis", -1)), scores);
    String context =
        graph.node(
            "Transpose",
            List.of(Attribute.ofList("perm", 0, 2, 1, 3)),
            graph.node("MatMul", shares, value));
    return graph.node("Reshape", context, "merged_shape");
  }

  private String heads(String vectors, long... order) {
    return graph.node(
        "Transpose",
        List.of(Attribute.ofList("perm", order)),
        graph.node("Reshape", vectors, "heads_shape"));
  }

  /** x / 2 * (1 + erf(x / sqrt(2))). */
  private String gelu(String x) {
    String erf = graph.node("Erf", graph.node("Div", x, "sqrt_2"));
    return graph.node("Mul", graph.node("Mul", x, graph.node("Add", erf, "real_1")), "half");
  }

  private void classify(String hidden) throws IOException {
    String first = graph.node("Gather", List.of(Attribute.of("axis", 1)), hidden, "zero");
    List<Attribute> transposed = List.of(Attribute.of("transB", 1));
    String before =
        graph.node(
            "Gemm",
            transposed,
            first,
            graph.weight("pre_classifier.weight", shape.width(), shape.width()),
            graph.vector("pre_classifier.bias", 0, shape.width()));
    graph.output(
        "logits",
        "Gemm",
        transposed,
        graph.node("Relu", before),
        graph.weight("classifier.weight", shape.labels(), shape.width()),
        graph.vector("classifier.bias", 0, shape.labels()));
  }

  private String linear(String name, String input, int width) throws IOException {
    return linear(name, input, width, width);
  }

  private String linear(String name, String input, int from, int to) throws IOException {
    String product = graph.node("MatMul", input, graph.weight(name + ".weight", from, to));
    return graph.node("Add", graph.vector(name + ".bias", 0, to), product);
  }

  private String normalize(String name, String input) {
    return graph.node(
        "LayerNormalization",
        List.of(Attribute.of("axis", -1), Attribute.of("epsilon", EPSILON)),
        input,
        graph.vector(name + ".weight", 1, shape.width()),
        graph.vector(name + ".bias", 0, shape.width()));
  }
}
