package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.platform.Fp16Conversions;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.FloatTensor;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.function.Supplier;

/** Copies outputs that could not be written in place to the heap. */
final class OutputCopy {

  private OutputCopy() {}

  /**
   * Prepares the copy of an output, half floats widened. It can be made while the output is open.
   *
   * @throws EngineException if its first dimension is not that of the batch
   */
  static Supplier<FloatTensor> of(String name, OnnxTensor tensor, TokenBatch batch) {
    long[] declared = tensor.getInfo().getShape();
    int[] shape = new int[declared.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(declared[i]);
    }
    if (shape.length == 0 || shape[0] != batch.rows()) {
      throw new EngineException(
          "Output '"
              + name
              + "' is "
              + tensor.getInfo()
              + ", which has not a row for each of "
              + batch
              + ".");
    }
    return () -> new FloatTensor(values(tensor), shape);
  }

  private static FloatBuffer values(OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    if (type == OnnxJavaType.FLOAT) {
      return tensor.getFloatBuffer();
    }
    // getFloatBuffer would widen into new direct memory for every run.
    ShortBuffer halves = tensor.getShortBuffer();
    FloatBuffer floats = FloatBuffer.allocate(halves.limit());
    for (int i = 0; i < halves.limit(); i++) {
      short half = halves.get(i);
      floats.put(
          i,
          type == OnnxJavaType.FLOAT16
              ? Fp16Conversions.fp16ToFloat(half)
              : Fp16Conversions.bf16ToFloat(half));
    }
    return floats;
  }
}
