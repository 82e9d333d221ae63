package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.text.Encoding;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Memory of one input, used again by every run of its slot. As large as the largest batch. */
final class InputBuffer {

  private final GraphInput input;
  private final int padTokenId;
  // One of the two is used, as the graph asks.
  private LongBuffer longs = LongBuffer.allocate(0);
  private IntBuffer ints = IntBuffer.allocate(0);

  InputBuffer(GraphInput input, int padTokenId) {
    this.input = input;
    this.padTokenId = padTokenId;
  }

  String name() {
    return input.kind().graphName();
  }

  /** Writes a batch, each row padded to its width, and lays a tensor over it. */
  OnnxTensor fill(TokenBatch batch) throws OrtException {
    reserve(batch.paddedTokens());
    int width = batch.width();
    for (int row = 0; row < batch.rows(); row++) {
      Encoding encoding = batch.row(row);
      int start = row * width;
      int length = encoding.length();
      for (int position = 0; position < length; position++) {
        put(start + position, input.kind().token(encoding, position));
      }
      for (int position = length; position < width; position++) {
        put(start + position, input.kind().padding(position, padTokenId));
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {batch.rows(), width};
    return input.wide()
        ? OnnxTensor.createTensor(environment, longs, shape)
        : OnnxTensor.createTensor(environment, ints, shape);
  }

  private void reserve(int elements) {
    if (input.wide()) {
      if (longs.capacity() < elements) {
        longs = DirectMemory.allocate(elements, Long.BYTES).asLongBuffer();
      }
      longs.limit(elements);
    } else {
      if (ints.capacity() < elements) {
        ints = DirectMemory.allocate(elements, Integer.BYTES).asIntBuffer();
      }
      ints.limit(elements);
    }
  }

  private void put(int index, long value) {
    if (input.wide()) {
      longs.put(index, value);
    } else {
      ints.put(index, (int) value);
    }
  }
}
