package io.flinkinference.tools.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.GraphException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes the inputs of a graph from a batch: padding comes last and is masked. */
final class TokenFeed {

  private static final String POSITIONS = "position_ids";

  private final Map<String, OnnxJavaType> inputs;
  private final int firstPosition;

  private TokenFeed(Map<String, OnnxJavaType> inputs, int firstPosition) {
    this.inputs = inputs;
    this.firstPosition = firstPosition;
  }

  /**
   * Feeds the inputs of a session.
   *
   * @param others inputs that somebody else feeds
   * @param firstPosition of each row, for graphs that take positions
   */
  static TokenFeed of(Map<String, NodeInfo> infos, Set<String> others, int firstPosition) {
    Map<String, OnnxJavaType> inputs = new LinkedHashMap<>();
    infos.forEach((name, info) -> inputs.put(name, ((TensorInfo) info.getInfo()).type));
    inputs.keySet().removeAll(others);
    return new TokenFeed(inputs, firstPosition);
  }

  void fill(TokenBatch batch, Map<String, OnnxTensor> into) throws OrtException {
    for (Map.Entry<String, OnnxJavaType> input : inputs.entrySet()) {
      long[] values = new long[batch.rows() * batch.width()];
      if (input.getKey().equals(POSITIONS)) {
        Arrays.fill(values, Math.max(0, firstPosition - 1));
      }
      for (int row = 0; row < batch.rows(); row++) {
        Encoding encoding = batch.row(row);
        for (int i = 0; i < encoding.length(); i++) {
          values[row * batch.width() + i] = value(input.getKey(), encoding, i);
        }
      }
      long[] shape = {batch.rows(), batch.width()};
      into.put(input.getKey(), tensor(input.getValue(), values, shape));
    }
  }

  private long value(String input, Encoding encoding, int index) {
    return switch (input) {
      case "input_ids" -> encoding.id(index);
      case "attention_mask" -> 1;
      case "token_type_ids" -> encoding.typeId(index);
      case POSITIONS -> (long) firstPosition + index;
      default ->
          throw new GraphException(
              "The graph has an input '"
                  + input
                  + "', which is not one of a text model. Export it with input_ids and"
                  + " attention_mask.");
    };
  }

  private static OnnxTensor tensor(OnnxJavaType type, long[] values, long[] shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    switch (type) {
      case INT64 -> {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
      }
      case INT32 -> {
        IntBuffer ints = IntBuffer.allocate(values.length);
        for (long value : values) {
          ints.put((int) value);
        }
        return OnnxTensor.createTensor(environment, ints.flip(), shape);
      }
      case FLOAT16 -> {
        ShortBuffer halves = ShortBuffer.allocate(values.length);
        for (long value : values) {
          halves.put(Fp16Conversions.floatToFp16((float) value));
        }
        return OnnxTensor.createTensor(environment, halves.flip(), shape, OnnxJavaType.FLOAT16);
      }
      default -> {
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (long value : values) {
          floats.put((float) value);
        }
        return OnnxTensor.createTensor(environment, floats.flip(), shape);
      }
    }
  }
}
