package io.flinkinference.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.engine.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An input of a graph.
 *
 * @param kind what goes in
 * @param type of its elements: a whole number, or a float that whole numbers are converted to
 */
record GraphInput(TokenInput kind, OnnxJavaType type) {

  private static final Set<OnnxJavaType> IDS = Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32);

  /** The mask is also multiplied with, so some graphs take it as a float. */
  private static final Set<OnnxJavaType> MASKS =
      Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32, OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16);

  /**
   * Reads the inputs of a session.
   *
   * @throws EngineException if the graph needs anything else than tokens, or could not tell padding
   *     from text
   */
  static List<GraphInput> readAll(Map<String, NodeInfo> declared) {
    requireDeclared(TokenInput.INPUT_IDS, declared, "It is no text model.");
    requireDeclared(
        TokenInput.ATTENTION_MASK,
        declared,
        "Without it padding would change the results. Export the model with it.");
    List<GraphInput> inputs = new ArrayList<>();
    for (NodeInfo node : declared.values()) {
      inputs.add(read(node, declared.keySet()));
    }
    return List.copyOf(inputs);
  }

  private static GraphInput read(NodeInfo node, Collection<String> names) {
    TokenInput kind =
        Arrays.stream(TokenInput.values())
            .filter(known -> known.graphName().equals(node.getName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new EngineException(
                        "The graph takes an input '"
                            + node.getName()
                            + "', which is not made from text. Its inputs are "
                            + names
                            + "."));
    boolean matrix = node.getInfo() instanceof TensorInfo info && info.getShape().length == 2;
    if (!matrix) {
      throw new EngineException(
          "Input '" + node.getName() + "' is not [batch, sequence] but " + node.getInfo() + ".");
    }
    TensorInfo info = (TensorInfo) node.getInfo();
    Set<OnnxJavaType> possible = kind == TokenInput.ATTENTION_MASK ? MASKS : IDS;
    if (!possible.contains(info.type)) {
      throw new EngineException(
          "Input '"
              + node.getName()
              + "' is "
              + info.type
              + "; it has to be one of "
              + possible
              + ".");
    }
    if (info.getShape()[0] >= 0 || info.getShape()[1] >= 0) {
      throw new EngineException(
          "Input '"
              + node.getName()
              + "' has the fixed shape "
              + Arrays.toString(info.getShape())
              + ". Export the model with dynamic batch and sequence dimensions.");
    }
    return new GraphInput(kind, info.type);
  }

  private static void requireDeclared(
      TokenInput input, Map<String, NodeInfo> declared, String advice) {
    if (!declared.containsKey(input.graphName())) {
      throw new EngineException(
          "The graph takes no '"
              + input.graphName()
              + "'. Its inputs are "
              + declared.keySet()
              + ". "
              + advice);
    }
  }
}
