package io.flinkinference.tools.finetune;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.Pooling;
import io.flinkinference.tools.graph.ElementType;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.graph.ValueInfos;
import io.flinkinference.tools.session.ModelGraph;
import io.flinkinference.tools.train.Head;
import java.util.List;

/**
 * Puts pooling, scaling and head behind an encoder, so that it gives logits.
 *
 * <p>A text's logits are the same bits in every batch. So tokens are not added up by a reduction,
 * which goes another way for one row than for several, but by a product of each row's mask with its
 * token vectors; and all is computed twice for each text, for products with a single row go another
 * way too, and one that depends on the padding. For one thread.
 */
final class HeadGraph {

  private static final String MASK = "attention_mask";
  private static final String LOGITS = "logits";
  private static final List<String> TOKENS = List.of("last_hidden_state", "token_embeddings");
  private static final String POOLED = "sentence_embedding";

  private final Graph graph;
  private final ModelConfig config;

  private HeadGraph(Graph graph, ModelConfig config) {
    this.graph = graph;
    this.config = config;
  }

  /**
   * Changes the graph of an encoder.
   *
   * @return names of the weights and of the biases
   * @throws FinetuneException if its vectors are made in a way that is not known here
   */
  static List<String> attach(Graph graph, ModelConfig config, Head head) {
    return new HeadGraph(graph, config).attach(head);
  }

  /**
   * Checks that a head can be put behind a model's encoder, before hours of work for it.
   *
   * @throws FinetuneException if its vectors are made in a way that is not known here
   */
  static void requireKnown(Model encoder) {
    new HeadGraph(ModelGraph.read(encoder), encoder.config()).vectors();
  }

  private List<String> attach(Head head) {
    String vectors = vectors();
    Tensor weights = Tensor.floats(head.weights(), head.dimension(), head.labels());
    String columns = graph.addConstant("head_weights", weights);
    String product = add("MatMul", vectors, columns);
    String once = first(product);
    Tensor biases = Tensor.floats(head.biases(), head.labels());
    String bias = graph.addConstant("head_biases", biases);
    String logits = graph.freshName(LOGITS);
    graph.add(Node.of("Add", List.of(once, bias), logits));
    graph.setOutputs(List.of(ValueInfos.of(logits, ElementType.FLOAT, -1, head.labels())));
    return List.of(columns, bias);
  }

  private String vectors() {
    if (!config.dense().isEmpty()) {
      throw new FinetuneException(
          "The model has dense layers behind its pooling, which cannot be written into one graph"
              + " here. Take a model without, such as all-MiniLM-L6-v2 or bge-small-en-v1.5.");
    }
    return scaled(pooled());
  }

  /** Vectors [batch, 2, size]: each twice. */
  private String pooled() {
    List<String> names = graph.outputs().stream().map(ValueInfoProto::getName).toList();
    if (names.contains(POOLED)) {
      return twice(inFloats(POOLED, POOLED));
    }
    if (givesTextsAlone()) {
      return twice(inFloats(names.get(0), names.get(0)));
    }
    String tokens =
        TOKENS.stream()
            .filter(names::contains)
            .findFirst()
            .orElseGet(() -> names.size() == 1 ? names.get(0) : "");
    if (tokens.isEmpty()) {
      throw new FinetuneException(
          "The graph's outputs are " + names + ", and none is one of " + TOKENS + ".");
    }
    if (config.pooling() == null) {
      throw new FinetuneException(
          "Nothing says how the model pools: its directory has no 1_Pooling/config.json. Copy that"
              + " file, and modules.json, from where the model comes from.");
    }
    if (config.pooling() == Pooling.CLS) {
      requirePaddingBehind();
      return twice(inFloats(first(tokens), tokens));
    }
    if (config.pooling() != Pooling.MEAN || !graph.isInput(MASK)) {
      throw new FinetuneException(
          "The model pools by "
              + config.pooling()
              + (graph.isInput(MASK) ? "" : " and has no input " + MASK)
              + "; known here are CLS, and MEAN with that input.");
    }
    return mean(inFloats(tokens, tokens));
  }

  /** Else the first of a row is padding. */
  private void requirePaddingBehind() {
    if (config.layout().padLeft()) {
      throw new FinetuneException(
          "The model pools by the first token, and its padding comes before a text, where that"
              + " token would be. Set padding_side in its tokenizer_config.json to right if it"
              + " learned so, or take an encoder that pools by the mean.");
    }
  }

  /**
   * Whether its one output is said to be [batch, size], which the operator takes for pooled too.
   */
  private boolean givesTextsAlone() {
    return graph.outputs().size() == 1
        && graph.outputs().get(0).getType().getTensorType().getShape().getDimCount() == 2;
  }

  /**
   * What was made of an output, as floats. The head has these, and no operator takes them together
   * with the 16-bit ones that an encoder in fp16 may give.
   */
  private String inFloats(String value, String output) {
    boolean floats =
        graph.outputs().stream()
            .filter(one -> one.getName().equals(output))
            .anyMatch(one -> one.getType().getTensorType().getElemType() == DataType.FLOAT_VALUE);
    return floats ? value : cast(value, "floats");
  }

  private String mean(String tokens) {
    String rows = twice(cast(MASK, "mask"));
    String sums = add("MatMul", rows, tokens);
    // Scaled to length 1 a sum is the same vector as a mean.
    return config.normalized() ? sums : add("Div", sums, counts(rows));
  }

  /** Numbers of tokens, which are whole, so that the order in which they are added is no matter. */
  private String counts(String rows) {
    boolean axesAreInput = graph.opsets().getOrDefault("", 0L) >= 13;
    if (axesAreInput) {
      return add("ReduceSum", rows, constant("axes", 2));
    }
    return add(Node.of("ReduceSum", List.of(rows), name("sum")).with("axes", new long[] {2}));
  }

  private String scaled(String vector) {
    return config.normalized()
        ? add(
            Node.of("LpNormalization", List.of(vector), name("scaled"))
                .with("axis", -1)
                .with("p", 2))
        : vector;
  }

  /** [batch, n] to [batch, 2, n]. */
  private String twice(String values) {
    String rows = add("Reshape", values, constant("rows", 0, 1, -1));
    return add(Node.of("Concat", List.of(rows, rows), name("twice")).with("axis", 1));
  }

  private String cast(String value, String name) {
    return add(Node.of("Cast", List.of(value), name(name)).with("to", DataType.FLOAT_VALUE));
  }

  private String first(String value) {
    String zero = graph.addConstant("first", Tensor.longs(new long[] {0}));
    return add(Node.of("Gather", List.of(value, zero), name("first_of")).with("axis", 1));
  }

  private String constant(String name, long... values) {
    return graph.addConstant("head_" + name, Tensor.longs(values, values.length));
  }

  private String add(String operator, String left, String right) {
    return add(Node.of(operator, List.of(left, right), name(operator)));
  }

  private String add(Node node) {
    return graph.add(node).output();
  }

  private String name(String like) {
    return graph.freshName("head_" + like);
  }
}
