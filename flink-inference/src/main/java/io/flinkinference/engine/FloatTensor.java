package io.flinkinference.engine;

import java.nio.FloatBuffer;

/**
 * A dense tensor in row-major order.
 *
 * @param data the values, read by absolute index from 0
 * @param shape dimensions; the first is the row of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, never compared
public record FloatTensor(FloatBuffer data, int... shape) {

  /** Number of values that belong to one row of the batch. */
  public int rowSize() {
    int size = 1;
    for (int i = 1; i < shape.length; i++) {
      size *= shape[i];
    }
    return size;
  }
}
