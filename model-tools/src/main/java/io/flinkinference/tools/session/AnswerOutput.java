package io.flinkinference.tools.session;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.flinkinference.tools.graph.Graph;
import java.util.List;
import java.util.Set;

/** Which output of a graph holds what the model says of a text. */
public final class AnswerOutput {

  /** As the operator chooses it. */
  private static final List<String> NAMES =
      List.of("logits", "sentence_embedding", "last_hidden_state", "token_embeddings");

  /** One that says no type, as one that was added here, is of floats for all that is known. */
  private static final Set<Integer> FLOATS =
      Set.of(
          DataType.FLOAT.getNumber(), DataType.FLOAT16.getNumber(), DataType.UNDEFINED.getNumber());

  private AnswerOutput() {}

  /** The name of the output: one of those that are known, else the first of floats. */
  public static String of(Graph graph) {
    return NAMES.stream()
        .filter(graph::isOutput)
        .findFirst()
        .orElseGet(
            () ->
                graph.outputs().stream()
                    .filter(AnswerOutput::isFloat)
                    .findFirst()
                    .orElse(graph.outputs().get(0))
                    .getName());
  }

  private static boolean isFloat(ValueInfoProto output) {
    return FLOATS.contains(output.getType().getTensorType().getElemType());
  }
}
