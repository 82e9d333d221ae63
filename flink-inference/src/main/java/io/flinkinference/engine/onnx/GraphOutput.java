package io.flinkinference.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * An output of a graph that can be read as floats.
 *
 * @param spec as the graph declares it
 * @param predictable whether its shape follows from the batch, so that the run can write into
 *     memory of ours; else the output is copied
 */
record GraphOutput(TensorSpec spec, boolean predictable) {

  /**
   * Reads the outputs of a session. Outputs of other types than float are left out.
   *
   * @param inputIds the input whose dimensions are those of the batch
   * @throws EngineException if no output is left
   */
  static List<GraphOutput> readAll(Collection<NodeInfo> declared, TensorInfo inputIds) {
    List<GraphOutput> outputs = new ArrayList<>();
    for (NodeInfo node : declared) {
      if (node.getInfo() instanceof TensorInfo info && isFloat(info.type)) {
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        // Narrow floats are widened, which is a copy in any case.
        boolean predictable = info.type == OnnxJavaType.FLOAT && isPredictable(info, inputIds);
        outputs.add(new GraphOutput(new TensorSpec(node.getName(), shape), predictable));
      }
    }
    if (outputs.isEmpty()) {
      throw new EngineException("No output of the graph is a float tensor: " + declared + ".");
    }
    return List.copyOf(outputs);
  }

  private static boolean isFloat(OnnxJavaType type) {
    return type == OnnxJavaType.FLOAT
        || type == OnnxJavaType.FLOAT16
        || type == OnnxJavaType.BFLOAT16;
  }

  /** [batch, n] and [batch, sequence, n]. */
  private static boolean isPredictable(TensorInfo output, TensorInfo inputIds) {
    int rank = output.getShape().length;
    return (rank == 2 || rank == 3)
        && sameDimension(output, inputIds, 0)
        && (rank == 2 || sameDimension(output, inputIds, 1))
        && output.getShape()[rank - 1] > 0;
  }

  /** Open, and under the same name, unless one of the two has none. */
  private static boolean sameDimension(TensorInfo output, TensorInfo inputIds, int dimension) {
    String name = output.getDimensionNames()[dimension];
    String expected = inputIds.getDimensionNames()[dimension];
    return output.getShape()[dimension] < 0
        && (name.isEmpty() || expected.isEmpty() || name.equals(expected));
  }

  String name() {
    return spec.name();
  }

  /** The shape that a batch yields, of a predictable output. */
  int[] shape(TokenBatch batch) {
    int last = Math.toIntExact(spec.shape().get(spec.rank() - 1));
    return spec.rank() == 2
        ? new int[] {batch.rows(), last}
        : new int[] {batch.rows(), batch.width(), last};
  }
}
