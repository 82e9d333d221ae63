package io.flinkinference.tools.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A constant of a graph.
 *
 * <p><b>Thread safety:</b> immutable, as long as nobody writes to the arrays that were handed in.
 */
public final class Tensor {

  private final ElementType type;
  private final long[] shape;
  private final ByteBuffer data;

  /**
   * @param data elements in row-major order, little endian
   */
  Tensor(ElementType type, long[] shape, ByteBuffer data) {
    if (count(shape) * type.bytes() != data.remaining()) {
      throw new GraphException(
          "A constant of shape %s and type %s has %d bytes. The file is damaged: export it again."
              .formatted(Arrays.toString(shape), type, data.remaining()));
    }
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A tensor of floats. */
  public static Tensor floats(float[] values, long... shape) {
    ByteBuffer data = buffer(4 * values.length);
    data.asFloatBuffer().put(values);
    return new Tensor(ElementType.FLOAT, shape, data);
  }

  /** One float, without dimensions. */
  public static Tensor scalar(float value) {
    return floats(new float[] {value});
  }

  /** A tensor of 64-bit numbers. */
  public static Tensor longs(long[] values, long... shape) {
    ByteBuffer data = buffer(8 * values.length);
    data.asLongBuffer().put(values);
    return new Tensor(ElementType.INT64, shape, data);
  }

  /**
   * A tensor of elements that have a byte each.
   *
   * @param type INT8, UINT8 or BOOL
   */
  public static Tensor bytes(ElementType type, byte[] values, long... shape) {
    return new Tensor(type, shape, ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * A tensor of 16-bit floats.
   *
   * @param bits of each
   */
  public static Tensor halves(short[] bits, long... shape) {
    ByteBuffer data = buffer(2 * bits.length);
    data.asShortBuffer().put(bits);
    return new Tensor(ElementType.FLOAT16, shape, data);
  }

  /** Type of the elements. */
  public ElementType type() {
    return type;
  }

  /** Sizes, outermost first; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Size of a dimension. */
  public int size(int dimension) {
    return Math.toIntExact(shape[dimension]);
  }

  /** Number of elements. */
  public int count() {
    return data.remaining() / type.bytes();
  }

  /** The elements, little endian, from the first; read only. */
  public ByteBuffer data() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A copy of the elements, which are floats. */
  public float[] toFloats() {
    require(ElementType.FLOAT);
    float[] values = new float[count()];
    data().asFloatBuffer().get(values);
    return values;
  }

  /**
   * Other elements of the same type.
   *
   * @param elements little endian; not copied
   */
  public Tensor withData(ByteBuffer elements, long... other) {
    return new Tensor(type, other, elements.order(ByteOrder.LITTLE_ENDIAN));
  }

  private void require(ElementType wanted) {
    if (type != wanted) {
      throw new GraphException("A constant of " + wanted + " is wanted, but it has " + type + ".");
    }
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
