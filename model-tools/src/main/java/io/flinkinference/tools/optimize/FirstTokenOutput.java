package io.flinkinference.tools.optimize;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelConfig;
import io.flinkinference.model.Pooling;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.Node;
import io.flinkinference.tools.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets an encoder that pools by the first token give that token's vector alone, as {@code
 * sentence_embedding} [batch, size]: its last layer need not compute the others then, and nobody
 * copies them. Other poolings are no longer to be had of the graph.
 */
final class FirstTokenOutput {

  private static final String POOLED = "sentence_embedding";
  private static final List<String> TOKENS = List.of("last_hidden_state", "token_embeddings");
  private static final String SCORES = "logits";

  private FirstTokenOutput() {}

  /**
   * Changes the output that holds the vectors of all tokens, if there is one and its first token is
   * what the model's directory says to take. Others stay.
   */
  static void take(Graph graph, Model model) {
    ModelConfig config = model.config();
    // Dense layers are looked for in a graph that pools; and left of a text lies its padding.
    if (config.pooling() == Pooling.CLS && config.dense().isEmpty() && !config.layout().padLeft()) {
      tokens(graph).ifPresent(output -> replace(graph, output));
    }
  }

  /** As the operator chooses it. */
  private static Optional<ValueInfoProto> tokens(Graph graph) {
    List<ValueInfoProto> outputs = graph.outputs();
    if (graph.producer(POOLED).isPresent()) {
      return Optional.empty();
    }
    return TOKENS.stream()
        .flatMap(name -> outputs.stream().filter(output -> output.getName().equals(name)))
        .findFirst()
        .or(() -> outputs.stream().filter(output -> outputs.size() == 1).findFirst())
        .filter(output -> !output.getName().equals(SCORES) && rank(output) == 3);
  }

  private static void replace(Graph graph, ValueInfoProto output) {
    String zero = graph.addConstant(POOLED + "_token", Tensor.longs(new long[] {0}));
    Node first =
        graph.add(Node.of("Gather", List.of(output.getName(), zero), POOLED).with("axis", 1));
    List<ValueInfoProto> outputs = new ArrayList<>(graph.outputs());
    outputs.set(outputs.indexOf(output), pooled(output, first.output()));
    graph.setOutputs(outputs);
  }

  /** [batch, tokens, size] becomes [batch, size]. */
  private static ValueInfoProto pooled(ValueInfoProto output, String name) {
    ValueInfoProto.Builder pooled = output.toBuilder().setName(name);
    TensorShapeProto.Builder shape =
        pooled.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    Dimension size = shape.getDim(2);
    shape.removeDim(2).setDim(1, size);
    return pooled.build();
  }

  private static int rank(ValueInfoProto output) {
    return output.getType().getTensorType().getShape().getDimCount();
  }
}
