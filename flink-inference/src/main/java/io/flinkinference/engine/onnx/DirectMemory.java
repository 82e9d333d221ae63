package io.flinkinference.engine.onnx;

import io.flinkinference.engine.EngineMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap, which ONNX Runtime reads and writes in place. */
final class DirectMemory {

  private DirectMemory() {}

  /**
   * Allocates memory in the machine's byte order.
   *
   * @throws EngineMemoryException if a buffer cannot be that large, or the process has no more
   *     memory
   */
  static ByteBuffer allocate(long elements, int bytesPerElement) {
    long bytes = Math.multiplyExact(elements, (long) bytesPerElement);
    if (bytes > Integer.MAX_VALUE) {
      throw new EngineMemoryException(
          "The batch needs a buffer of "
              + bytes
              + " bytes; 2 GiB is the most. Lower the token"
              + " budget.");
    }
    try {
      return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    } catch (OutOfMemoryError e) {
      throw new EngineMemoryException(
          "No direct memory is left for a buffer of "
              + bytes
              + " bytes. Lower the token budget, or give the process more: -XX:MaxDirectMemorySize,"
              + " in a Flink cluster taskmanager.memory.task.off-heap.size.",
          e);
    }
  }
}
