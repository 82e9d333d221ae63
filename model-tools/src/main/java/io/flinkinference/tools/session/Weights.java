package io.flinkinference.tools.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.flinkinference.tools.graph.GraphException;
import io.flinkinference.tools.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Floats outside of the Java heap, which ONNX Runtime reads and writes in their place.
 *
 * <p><b>Thread safety:</b> for several threads as long as none writes.
 */
public final class Weights implements AutoCloseable {

  private final FloatBuffer values;
  private final OnnxTensor tensor;
  private final long[] shape;

  private Weights(int count, long[] shape) {
    this.shape = shape;
    this.values =
        ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try {
      this.tensor =
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.duplicate(), shape);
    } catch (OrtException e) {
      throw new GraphException("Weights cannot be laid out: " + e.getMessage(), e);
    }
  }

  /** A copy of a constant. */
  public static Weights of(Tensor constant) {
    Weights weights = zeros(constant);
    weights.values.duplicate().put(constant.toFloats());
    return weights;
  }

  /** Zeros in the shape of a constant. */
  public static Weights zeros(Tensor constant) {
    return new Weights(constant.count(), constant.shape());
  }

  /** Number of elements. */
  public int count() {
    return values.capacity();
  }

  /** Copies some elements to the heap. */
  public void get(int from, float[] to, int count) {
    values.get(from, to, 0, count);
  }

  /** Copies some elements from the heap. */
  public void put(int from, float[] with, int count) {
    values.put(from, with, 0, count);
  }

  /** A copy as a constant. */
  public Tensor tensor() {
    float[] all = new float[count()];
    get(0, all, all.length);
    return Tensor.floats(all, shape);
  }

  OnnxTensor value() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
