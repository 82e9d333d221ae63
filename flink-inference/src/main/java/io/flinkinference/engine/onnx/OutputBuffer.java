package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import java.nio.FloatBuffer;

/**
 * Memory that runs of one slot write an output of predictable shape into. As large as the largest
 * batch.
 */
final class OutputBuffer {

  private final GraphOutput output;
  private FloatBuffer floats = FloatBuffer.allocate(0);
  private int[] shape;

  OutputBuffer(GraphOutput output) {
    this.output = output;
  }

  String name() {
    return output.name();
  }

  /** Lays a tensor of the shape that the batch yields over the memory. */
  OnnxTensor pin(TokenBatch batch) throws OrtException {
    shape = output.shape(batch);
    long[] longShape = new long[shape.length];
    long elements = 1;
    for (int i = 0; i < shape.length; i++) {
      longShape[i] = shape[i];
      elements = Math.multiplyExact(elements, shape[i]);
    }
    if (floats.capacity() < elements) {
      floats = DirectMemory.allocate(elements, Float.BYTES).asFloatBuffer();
    }
    floats.limit((int) elements);
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), floats, longShape);
  }

  /** What the run wrote. */
  FloatTensor values() {
    return new FloatTensor(floats, shape);
  }
}
