package io.flinkinference.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineOptions;
import io.flinkinference.text.Encoding;
import java.nio.ByteBuffer;

/** Memory of one input, used again by every run of its slot. As large as the largest batch. */
final class InputBuffer {

  private final GraphInput input;
  private final EngineOptions options;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  InputBuffer(GraphInput input, EngineOptions options) {
    this.input = input;
    this.options = options;
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
      int length = encoding.length();
      int start = options.padsLeft() ? width - length : 0;
      pad(row * width, 0, start);
      for (int i = 0; i < length; i++) {
        put(row * width + start + i, input.kind().token(encoding, i, options));
      }
      pad(row * width, start + length, width);
    }
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), bytes, new long[] {batch.rows(), width}, input.type());
  }

  private void pad(int row, int from, int to) {
    for (int position = from; position < to; position++) {
      put(row + position, input.kind().padding(position, options));
    }
  }

  private void reserve(int elements) {
    int size = input.type().size;
    if (bytes.capacity() / size < elements) {
      bytes = DirectMemory.allocate(elements, size);
    }
    bytes.limit(elements * size);
  }

  private void put(int index, long value) {
    switch (input.type()) {
      case INT64 -> bytes.putLong(index * Long.BYTES, value);
      case INT32 -> bytes.putInt(index * Integer.BYTES, (int) value);
      case FLOAT -> bytes.putFloat(index * Float.BYTES, (float) value);
      case FLOAT16 ->
          bytes.putShort(index * Short.BYTES, Fp16Conversions.floatToFp16((float) value));
      default -> throw new IllegalStateException("No input is " + input.type() + ".");
    }
  }
}
